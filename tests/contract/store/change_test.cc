// One change: decided, numbered, signed, stored.
#include <stdexcept>

#include "tests/contract/store/store_contract.h"

namespace wardcast {
namespace {

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
