#include <atomic>
#include <set>
#include <stdexcept>
#include <thread>

#include "base/proto_time.h"
#include "tests/contract/store/store_contract.h"

namespace wardcast {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

TEST_P(StoreContract, AChangeIsNumberedSignedAndStored) {
  const AlertChanged published = Publish("Lab results are down", {{"4w", 3}, {"", 2}});
  EXPECT_TRUE(published.changed);
  const v1::Alert& alert = published.stored.alert;
  EXPECT_EQ(alert.version(), 1);
  EXPECT_EQ(alert.log_id(), store_->identity().log_id);
  EXPECT_EQ(alert.generation(), 1);
  EXPECT_EQ(alert.id().size(), 26u);

  const auto loaded = store_->LoadAlert(alert.id());
  ASSERT_TRUE(loaded) << loaded.error().message;
  EXPECT_EQ(loaded->alert.SerializeAsString(), alert.SerializeAsString());
  EXPECT_EQ(loaded->sealed.payload(), alert.SerializeAsString());
  EXPECT_EQ(loaded->sealed.key_id(), key_.id());
  EXPECT_TRUE(key_.public_key().VerifyAlert(loaded->sealed.payload(), loaded->sealed.signature()));

  const auto log = store_->ReadLog(0, 10);
  ASSERT_TRUE(log);
  ASSERT_EQ(log->size(), 1u);
  EXPECT_EQ(log->front().kind, EntryKind::kAlert);
  EXPECT_EQ(log->front().alert_id, alert.id());
  EXPECT_EQ(log->front().at, kStart);
  ExpectNoGaps(1);
}

TEST_P(StoreContract, EverythingIsThereAfterReopening) {
  const std::string id = Publish("one").stored.alert.id();
  const LogIdentity identity = store_->identity();
  const auto head = store_->Head();
  Reopen();
  EXPECT_EQ(store_->identity().log_id, identity.log_id);
  EXPECT_EQ(store_->identity().generation, identity.generation);
  EXPECT_EQ(store_->Head()->tag, head->tag);
  EXPECT_TRUE(store_->LoadAlert(id));
  EXPECT_EQ(Publish("two").stored.alert.version(), 2);
}

TEST_P(StoreContract, AnEditSeesTheCurrentAlertAndKeepsHistory) {
  const std::string id = Publish("before", {{"4w", 3}}).stored.alert.id();
  AlertChange edit = Setting("after");
  edit.alert_id = id;
  edit.decide = [](const v1::Alert* current) -> Result<std::optional<AlertDecision>> {
    EXPECT_NE(current, nullptr);
    EXPECT_EQ(current->headline(), "before");
    AlertDecision decision{.alert = *current, .expected = {{"icu", 5}}};
    decision.alert.set_headline("after");
    return decision;
  };
  const auto edited = store_->Change(edit, Seal());
  ASSERT_TRUE(edited) << edited.error().message;
  EXPECT_EQ(edited->stored.alert.version(), 2);
  EXPECT_EQ(edited->stored.alert.id(), id);

  const auto versions = store_->LoadVersions(id);
  ASSERT_TRUE(versions);
  ASSERT_EQ(versions->size(), 2u);
  EXPECT_EQ((*versions)[0].alert.headline(), "before");
  EXPECT_EQ((*versions)[1].alert.headline(), "after");
  const auto expected = store_->LoadExpected(id);
  ASSERT_TRUE(expected);
  ASSERT_EQ(expected->size(), 2u);  // wards that were ever expected stay
  EXPECT_EQ((*expected)[0].ward_id, "4w");
  EXPECT_EQ((*expected)[1].endpoints, 5);
}

TEST_P(StoreContract, ARefusedDecisionLeavesNothing) {
  const std::string id = Publish("one").stored.alert.id();
  const auto before = store_->Head();
  AlertChange change = Setting("two");
  change.alert_id = id;
  change.request_id = "01REQUEST";
  change.decide = [](const v1::Alert*) -> Result<std::optional<AlertDecision>> {
    return Fail(Code::kAborted, "revision changed");
  };
  const auto refused = store_->Change(change, Seal());
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Code::kAborted);
  EXPECT_EQ(refused.error().message, "revision changed");
  EXPECT_EQ(store_->Head()->sequence, before->sequence);
  EXPECT_EQ(store_->Head()->tag, before->tag);
  EXPECT_EQ(store_->LoadVersions(id)->size(), 1u);

  // The request id is not used up: the same request may be made again.
  change.decide = Setting("two").decide;
  EXPECT_TRUE(store_->Change(change, Seal()));
  ExpectNoGaps(2);
}

TEST_P(StoreContract, AnExceptionAfterNumberingRollsTheNumberBack) {
  const auto refused = store_->Change(Setting("one"), [](const v1::Alert&) -> v1::SignedAlert {
    throw std::runtime_error("no key");
  });
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Code::kInternal);
  EXPECT_EQ(store_->Head()->sequence, 0);
  EXPECT_EQ(Publish("two").stored.alert.version(), 1);
  ExpectNoGaps(1);
}

TEST_P(StoreContract, LeavingItAsItIsWritesNothing) {
  const std::string id = Publish("one").stored.alert.id();
  AlertChange change = Setting("two");
  change.alert_id = id;
  change.decide = [](const v1::Alert*) -> Result<std::optional<AlertDecision>> {
    return std::nullopt;
  };
  const auto left = store_->Change(change, Seal());
  ASSERT_TRUE(left);
  EXPECT_FALSE(left->changed);
  EXPECT_EQ(left->stored.alert.headline(), "one");
  ExpectNoGaps(1);
}

TEST_P(StoreContract, UnknownAlertIsNotFound) {
  AlertChange change = Setting("x");
  change.alert_id = "01NOSUCH";
  EXPECT_EQ(store_->Change(change, Seal()).error().code, Code::kNotFound);
  EXPECT_EQ(store_->LoadAlert("01NOSUCH").error().code, Code::kNotFound);
  EXPECT_EQ(store_->LoadVersions("01NOSUCH").error().code, Code::kNotFound);
  EXPECT_TRUE(store_->LoadExpected("01NOSUCH")->empty());
}

TEST_P(StoreContract, ARepeatedRequestGetsTheFirstResult) {
  AlertChange change = Setting("one");
  change.request_id = "01REQUEST";
  const auto first = store_->Change(change, Seal());
  ASSERT_TRUE(first);
  // Meanwhile the alert goes on.
  AlertChange edit = Setting("edited");
  edit.alert_id = first->stored.alert.id();
  ASSERT_TRUE(store_->Change(edit, Seal()));

  const auto again = store_->Change(change, Seal());
  ASSERT_TRUE(again) << again.error().message;
  EXPECT_FALSE(again->changed);
  EXPECT_EQ(again->stored.sealed.payload(), first->stored.sealed.payload());
  EXPECT_EQ(again->stored.alert.version(), 1);
  ExpectNoGaps(2);

  change.content_hash = "other";
  EXPECT_EQ(store_->Change(change, Seal()).error().code, Code::kAlreadyExists);
  // Another caller or method is another scope.
  change.caller = "nagios";
  EXPECT_TRUE(store_->Change(change, Seal())->changed);
  change.caller = "admin";
  change.method = "UpdateAlert";
  EXPECT_TRUE(store_->Change(change, Seal())->changed);
  ExpectNoGaps(4);
}

TEST_P(StoreContract, RequestsAreForgottenAfterADay) {
  AlertChange change = Setting("one");
  change.request_id = "01REQUEST";
  ASSERT_TRUE(store_->Change(change, Seal())->changed);
  change.now = kStart + hours(24) - minutes(1);
  EXPECT_FALSE(store_->Change(change, Seal())->changed);
  change.now = kStart + hours(24) + minutes(1);
  EXPECT_TRUE(store_->Change(change, Seal())->changed);
}

TEST_P(StoreContract, ASourceKeyHasOneOpenAlert) {
  AlertChange change = Setting("down");
  change.source_key = "nagios/lab-results";
  const auto first = store_->Change(change, Seal());
  ASSERT_TRUE(first);
  const auto second = store_->Change(change, Seal());
  ASSERT_TRUE(second);
  EXPECT_EQ(second->stored.alert.id(), first->stored.alert.id());

  AlertChange other = change;
  other.caller = "zabbix";
  EXPECT_NE(store_->Change(other, Seal())->stored.alert.id(), first->stored.alert.id());

  AlertChange close = change;
  close.decide = [](const v1::Alert* current) -> Result<std::optional<AlertDecision>> {
    EXPECT_NE(current, nullptr);
    AlertDecision decision{.alert = *current, .expected = {}};
    decision.alert.set_state(v1::State::CLOSED);
    return decision;
  };
  EXPECT_EQ(store_->Change(close, Seal())->stored.alert.id(), first->stored.alert.id());
  const auto next = store_->Change(change, Seal());
  ASSERT_TRUE(next);
  EXPECT_NE(next->stored.alert.id(), first->stored.alert.id());
}

TEST_P(StoreContract, ClosedAlertsStayCurrentForAWhile) {
  const std::string open = Publish("open").stored.alert.id();
  const std::string closed = Publish("closed").stored.alert.id();
  AlertChange close = Setting("closed");
  close.alert_id = closed;
  close.now = kStart + hours(1);
  close.decide = [](const v1::Alert* current) -> Result<std::optional<AlertDecision>> {
    AlertDecision decision{.alert = *current, .expected = {}};
    decision.alert.set_state(v1::State::CLOSED);
    return decision;
  };
  ASSERT_TRUE(store_->Change(close, Seal()));
  // A later change of the closed alert does not make it close later.
  close.now = kStart + hours(3);
  ASSERT_TRUE(store_->Change(close, Seal()));

  EXPECT_EQ(store_->LoadCurrent(kStart + hours(1))->size(), 2u);
  const auto later = store_->LoadCurrent(kStart + hours(2));
  ASSERT_EQ(later->size(), 1u);
  EXPECT_EQ(later->front().alert.id(), open);

  const auto all = store_->ListAlerts(true, "", 10);
  ASSERT_EQ(all->size(), 2u);
  EXPECT_GT((*all)[0].id(), (*all)[1].id());
  EXPECT_EQ(store_->ListAlerts(false, "", 10)->size(), 1u);
  EXPECT_EQ(store_->ListAlerts(true, "", 1)->size(), 1u);
  const auto second_page = store_->ListAlerts(true, (*all)[0].id(), 10);
  ASSERT_EQ(second_page->size(), 1u);
  EXPECT_EQ((*second_page)[0].id(), (*all)[1].id());
}

TEST_P(StoreContract, CountsInterruptingNoticesPerWard) {
  const auto publish = [&](v1::Presentation::Value presentation, v1::Severity::Value severity,
                           v1::Status::Value status, TimePoint at) {
    AlertChange change = Setting("x");
    change.decide = [=](const v1::Alert*) -> Result<std::optional<AlertDecision>> {
      AlertDecision decision;
      decision.alert.set_state(v1::State::ACTIVE);
      decision.alert.set_presentation(presentation);
      decision.alert.set_severity(severity);
      decision.alert.set_status(status);
      *decision.alert.mutable_published_at()->mutable_at() = ToTimestamp(at);
      decision.expected = {{"4w", 3}, {"", 1}};
      return decision;
    };
    ASSERT_TRUE(store_->Change(change, Seal()));
  };
  using P = v1::Presentation;
  using S = v1::Severity;
  publish(P::TOAST, S::MINOR, v1::Status::ACTUAL, kStart);
  publish(P::DIALOG, S::MODERATE, v1::Status::ACTUAL, kStart);
  publish(P::TICKER, S::MODERATE, v1::Status::ACTUAL, kStart);
  publish(P::DIALOG, S::SEVERE, v1::Status::ACTUAL, kStart);
  publish(P::DIALOG, S::EXTREME, v1::Status::ACTUAL, kStart);
  publish(P::TOAST, S::MINOR, v1::Status::EXERCISE, kStart);
  publish(P::TOAST, S::MINOR, v1::Status::ACTUAL, kStart - hours(200));
  const auto counts = store_->CountNotices(kStart - hours(24 * 7));
  ASSERT_TRUE(counts);
  ASSERT_EQ(counts->size(), 1u);
  EXPECT_EQ(counts->front(), (std::pair<std::string, int>("4w", 2)));
}

TEST_P(StoreContract, EveryByteComesBack) {
  std::string bytes;
  for (int i = 0; i < 256; ++i) bytes += static_cast<char>(i);
  const std::string text =
      "Läuft nicht · 検査結果 · نتائج المختبر · 🏥 'quoted' \"twice\" \\ :name % \t";
  const SealAlert seal = [&](const v1::Alert& alert) {
    v1::SignedAlert sealed;
    sealed.set_payload(alert.SerializeAsString());
    sealed.set_signature(bytes);
    sealed.set_key_id("key");
    return sealed;
  };
  AlertChange change = Setting(text + std::string(1, '\0') + "behind the zero");
  change.decide = [&](const v1::Alert*) -> Result<std::optional<AlertDecision>> {
    AlertDecision decision;
    decision.alert.set_headline(text + std::string(1, '\0') + "behind the zero");
    decision.alert.set_state(v1::State::ACTIVE);
    // Bytes in a field that is not known here: the payload is bytes, not text.
    decision.alert.GetReflection()
        ->MutableUnknownFields(&decision.alert)
        ->AddLengthDelimited(999, bytes);
    return decision;
  };
  change.content_hash = text;
  const auto changed = store_->Change(change, seal);
  ASSERT_TRUE(changed) << changed.error().message;
  Reopen();
  const auto loaded = store_->LoadAlert(changed->stored.alert.id());
  ASSERT_TRUE(loaded) << loaded.error().message;
  EXPECT_EQ(loaded->sealed.payload(), changed->stored.sealed.payload());
  EXPECT_EQ(loaded->sealed.signature(), bytes);
  EXPECT_EQ(loaded->alert.headline(), changed->stored.alert.headline());
}

TEST_P(StoreContract, TextThatNoDatabaseCanKeepIsRefusedNotCut) {
  AlertChange change = Setting("x");
  change.source_key = std::string("key\0more", 8);
  EXPECT_EQ(store_->Change(change, Seal()).error().code, Code::kInvalidArgument);
  change.source_key = "\xff\xfe";
  EXPECT_EQ(store_->Change(change, Seal()).error().code, Code::kInvalidArgument);
  change.source_key = "ключ";
  EXPECT_TRUE(store_->Change(change, Seal()));
}

TEST_P(StoreContract, ConcurrentWritersLeaveNoGapsAndNoLostUpdate) {
  constexpr int kWriters = 6;
  constexpr int kChanges = 15;
  const std::string shared = Publish("shared").stored.alert.id();
  std::atomic<int> failed = 0;
  {
    std::vector<std::jthread> writers;
    writers.reserve(kWriters);
    for (int writer = 0; writer < kWriters; ++writer) {
      writers.emplace_back([&] {
        for (int i = 0; i < kChanges; ++i) {
          AlertChange edit = Setting("");
          edit.alert_id = shared;
          edit.decide = [](const v1::Alert* current) -> Result<std::optional<AlertDecision>> {
            AlertDecision decision{.alert = *current, .expected = {}};
            decision.alert.set_revision(current->revision() + 1);
            return decision;
          };
          if (!store_->Change(edit, Seal())) ++failed;
          if (!store_->Change(Setting("own"), Seal())) ++failed;
          if (!store_->Head()) ++failed;
        }
      });
    }
  }
  EXPECT_EQ(failed, 0);
  EXPECT_EQ(store_->LoadAlert(shared)->alert.revision(), kWriters * kChanges);
  ExpectNoGaps(1 + 2 * kWriters * kChanges);
}

TEST_P(StoreContract, EachOfABurstGetsItsOwnAnswer) {
  constexpr int kBurst = 24;
  std::vector<Result<AlertChanged>> results(kBurst);
  std::atomic<int> come = 0;
  {
    std::vector<std::jthread> callers;
    callers.reserve(kBurst);
    for (int i = 0; i < kBurst; ++i) {
      callers.emplace_back([&, i] {
        AlertChange change = Setting("notice " + std::to_string(i));
        // Of three, one is refused, and one is a monitor's whose key two use at the same time.
        if (i % 3 == 1) change.source_key = "key " + std::to_string(i / 6);
        if (i % 3 == 2)
          change.decide = [i](const v1::Alert*) -> Result<std::optional<AlertDecision>> {
            return Fail(Code::kFailedPrecondition, "refused " + std::to_string(i));
          };
        ++come;
        while (come < kBurst) std::this_thread::yield();
        results[i] = store_->Change(change, Seal());
      });
    }
  }
  std::set<std::string> ids;
  for (int i = 0; i < kBurst; ++i) {
    if (i % 3 == 2) {
      EXPECT_EQ(results[i].error().message, "refused " + std::to_string(i));
      continue;
    }
    ASSERT_TRUE(results[i]) << results[i].error().message;
    EXPECT_EQ(results[i]->stored.alert.headline(), "notice " + std::to_string(i));
    ids.insert(results[i]->stored.alert.id());
  }
  EXPECT_EQ(ids.size(), 8u + 4u) << "two monitors with one key have one alert";
  ExpectNoGaps(16);
}

TEST_P(StoreContract, TheSameRequestAtTheSameTimeIsDoneOnce) {
  constexpr int kCallers = 6;
  AlertChange change = Setting("one");
  change.request_id = "01REQUEST";
  change.source_key = "key";
  std::atomic<int> changes = 0;
  std::atomic<int> failed = 0;
  {
    std::vector<std::jthread> callers;
    callers.reserve(kCallers);
    for (int i = 0; i < kCallers; ++i) {
      callers.emplace_back([&] {
        const auto changed = store_->Change(change, Seal());
        if (!changed) {
          ++failed;
        } else if (changed->changed) {
          ++changes;
        }
      });
    }
  }
  EXPECT_EQ(failed, 0);
  EXPECT_EQ(changes, 1);
  ExpectNoGaps(1);
}

TEST_P(StoreContract, TokensAndSigningKeyAreKept) {
  EXPECT_EQ(*store_->FindTokenOwner("aa"), std::nullopt);
  ASSERT_TRUE(store_->PutToken("admin", "aa", kStart));
  ASSERT_TRUE(store_->PutToken("nagios", "bb", kStart));
  EXPECT_EQ(*store_->FindTokenOwner("aa"), "admin");
  ASSERT_TRUE(store_->PutToken("admin", "cc", kStart));
  EXPECT_EQ(*store_->FindTokenOwner("aa"), std::nullopt);
  EXPECT_EQ(*store_->FindTokenOwner("cc"), "admin");
  EXPECT_EQ(*store_->FindTokenOwner("bb"), "nagios");

  EXPECT_EQ(*store_->SigningKeyId(), "");
  ASSERT_TRUE(store_->SetSigningKeyId("0123456789abcdef"));
  Reopen();
  EXPECT_EQ(*store_->SigningKeyId(), "0123456789abcdef");
}

TEST_P(StoreContract, TheLogIsReadInPieces) {
  for (int i = 0; i < 5; ++i) Publish("x");
  EXPECT_EQ(store_->ReadLog(0, 2)->size(), 2u);
  const auto rest = store_->ReadLog(2, 10);
  ASSERT_EQ(rest->size(), 3u);
  EXPECT_EQ(rest->front().sequence, 3);
  EXPECT_TRUE(store_->ReadLog(5, 10)->empty());
}

}  // namespace
}  // namespace wardcast
