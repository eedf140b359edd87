// The broker dies without warning, again and again, in the middle of a busy day; at its end the
// ledgers of everybody who took part are laid side by side.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>

#include <cstdlib>
#include <deque>
#include <random>
#include <set>
#include <thread>

#include "tests/programs/hospital.h"
#include "tests/programs/keen_pc.h"
#include "tests/scenario/broker_killed/publisher.h"

namespace wardcast::testing {
namespace {

using namespace std::chrono_literals;
using ::testing::IsEmpty;

constexpr int kLightPcs = 40;
constexpr int kEverybody = kLightPcs + 6;  // five keen PCs and one real agent

unsigned FromEnvironment(const char* name, unsigned otherwise) {
  const char* value = std::getenv(name);
  return value ? static_cast<unsigned>(std::strtoul(value, nullptr, 10)) : otherwise;
}

class BusyRun : public ::testing::Test {
 protected:
  void KillAndStart() {
    hospital_.broker_process().Signal(SIGKILL);
    hospital_.KillBroker();
    hospital_.StartBroker();
  }
  std::map<std::string, std::int64_t> OpenOf(const KeenPc::Ledger& ledger) const {
    std::map<std::string, std::int64_t> open;
    for (const auto& [id, alert] : ledger.held) {
      if (alert.state() != v1::State::CLOSED) open[id] = alert.version();
    }
    return open;
  }
  // Everything that the store holds is what was accepted, and nothing else.
  void CompareStore() {
    std::map<std::string, v1::Alert> stored;
    for (v1::Alert& alert : publisher_->ListAll()) stored[alert.id()] = std::move(alert);
    EXPECT_EQ(stored.size(), publisher_->accepted().size()) << "none missing, none doubled";
    for (const auto& [id, alert] : publisher_->accepted()) {
      ASSERT_TRUE(stored.contains(id)) << "accepted, and gone: " << id;
      EXPECT_EQ(stored[id].version(), alert.version()) << id;
      EXPECT_EQ(stored[id].state(), alert.state()) << id;
    }
  }
  void CompareAnswers(std::deque<KeenPc>& pcs) {
    std::map<std::string, std::map<std::string, int>> notes;  // by alert
    std::size_t confirmed = 0;
    for (const auto& [id, alert] : publisher_->accepted()) {
      std::map<std::pair<int, std::string>, int> of_agent;
      for (const v1::WardAnswer& answer : publisher_->AnswersTo(id)) {
        if (!answer.note().empty()) ++notes[id][answer.note()];
        if (answer.note().empty()) ++of_agent[{answer.round(), answer.by()}];
      }
      for (const auto& [key, times] : of_agent)
        EXPECT_EQ(times, 1) << key.second << " answered " << id << " round " << key.first;
    }
    for (KeenPc& pc : pcs) {
      const KeenPc::Ledger ledger = pc.ledger();
      EXPECT_THAT(ledger.refused, IsEmpty()) << pc.id();
      for (const auto& [ack, alert] : ledger.confirmed) {
        ++confirmed;
        EXPECT_EQ(notes[alert][ack], 1) << "confirmed to " << pc.id() << ", alert " << alert;
      }
    }
    std::size_t recorded = 0;
    for (const auto& [id, of_alert] : notes) {
      for (const auto& [note, times] : of_alert) {
        EXPECT_EQ(times, 1) << note;
        recorded += times > 0 ? 1 : 0;
      }
    }
    EXPECT_EQ(recorded, confirmed) << "nothing that nobody pressed";
    fmt::print("{} acknowledgements confirmed, each found once\n", confirmed);
  }
  void CompareDeliveries(std::deque<KeenPc>& pcs, const std::map<std::string, std::int64_t>& open) {
    for (KeenPc& pc : pcs) {
      const KeenPc::Ledger ledger = pc.ledger();
      EXPECT_EQ(OpenOf(ledger), open) << pc.id();
      EXPECT_EQ(ledger.older, 0) << pc.id();
      EXPECT_EQ(ledger.reopened, 0) << pc.id();
      for (const auto& [version, times] : ledger.versions)
        EXPECT_EQ(times, 1) << version.first << " version " << version.second << " to " << pc.id();
    }
    // The light endpoints: all have all in its last version, and nothing came a second time.
    EXPECT_TRUE(Eventually([&] {
      std::set<std::pair<std::string, std::string>> latest;
      for (const LedgerLine& line : hospital_.Ledger("load")) {
        const auto at = open.find(line.alert);
        if (at != open.end() && at->second == line.version)
          latest.insert({line.endpoint, line.alert});
      }
      return latest.size() == open.size() * kLightPcs;
    }));
    std::map<std::tuple<std::string, std::string, std::int64_t>, int> sent;
    for (const LedgerLine& line : hospital_.Ledger("load")) {
      EXPECT_NE(line.state, "AGAIN") << line.endpoint << " " << line.alert;
      if (line.state != "REMOVED") ++sent[{line.endpoint, line.alert, line.version}];
    }
    for (const auto& [key, times] : sent)
      EXPECT_EQ(times, 1) << std::get<1>(key) << " to " << std::get<0>(key);
    // The real agent called attention once for each round.
    std::map<std::tuple<std::string, int, std::string>, int> calls;
    for (const LedgerLine& line : hospital_.Ledger("4w-pc-01")) {
      if (line.event == "call") ++calls[{line.alert, line.round, line.state}];
    }
    EXPECT_FALSE(calls.empty());
    for (const auto& [key, times] : calls)
      EXPECT_EQ(times, 1) << std::get<0>(key) << " round " << std::get<1>(key);
  }

  const unsigned seed_ = FromEnvironment("WARDCAST_KILL_SEED", std::random_device()());
  const unsigned kills_ = FromEnvironment("WARDCAST_KILLS", 24);
  Hospital hospital_{kLightPcs};
  std::unique_ptr<Publisher> publisher_;
};

TEST_F(BusyRun, KilledAgainAndAgainNothingIsLostAndNothingHappensTwice) {
  fmt::print("WARDCAST_KILL_SEED={} WARDCAST_KILLS={}\n", seed_, kills_);
  std::mt19937 random(seed_);
  const auto load = hospital_.StartLoad();
  const auto agent = hospital_.StartAgent("4w-pc-01", {"--auto-acknowledge", "PROCEDURE_STARTED"});
  std::deque<KeenPc> pcs;
  for (const auto& [id, ward] : {std::pair("4w-pc-02", "4w"),
                                 {"4w-pc-03", "4w"},
                                 {"icu-pc-01", "icu"},
                                 {"icu-pc-02", "icu"},
                                 {"icu-pc-03", "icu"}}) {
    pcs.emplace_back(id, ward, hospital_.broker());
  }
  publisher_ = std::make_unique<Publisher>(hospital_, random());

  // 08:00 to 16:00, in a minute: it dies while it publishes, updates, ends and takes answers.
  for (unsigned kill = 0; kill < kills_; ++kill) {
    // Mostly in the middle of the work, sometimes while everybody comes back.
    if (kill % 4 != 0) {
      const int answered = publisher_->answered();
      ASSERT_TRUE(Eventually([&] { return publisher_->answered() > answered; }))
          << hospital_.Log("broker");
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(random() % 1'500));
    KillAndStart();
  }
  std::this_thread::sleep_for(500ms);
  publisher_->Stop();
  EXPECT_THAT(publisher_->refused(), IsEmpty());
  ASSERT_GT(publisher_->accepted().size(), 20U);

  // 16:00 quiet. Everybody comes back, and holds the same.
  std::map<std::string, std::int64_t> open;
  for (const auto& [id, alert] : publisher_->accepted()) {
    if (alert.state() != v1::State::CLOSED) open[id] = alert.version();
  }
  fmt::print("{} kills, {} calls answered, {} notices, {} still open, {} calls repeated\n", kills_,
             publisher_->answered(), publisher_->accepted().size(), open.size(),
             publisher_->repeated());
  const auto quiet = [&] {
    return std::ranges::all_of(
        pcs, [&](KeenPc& pc) { return pc.settled() && OpenOf(pc.ledger()) == open; });
  };
  EXPECT_TRUE(Eventually(quiet, 60s)) << hospital_.Log("broker");
  // The last version of a notice that stayed in its first round was displayed by everybody once.
  for (const auto& entry : open) {
    const std::string& id = entry.first;
    if (publisher_->accepted().at(id).round() != 1) continue;
    EXPECT_TRUE(Eventually([&] { return hospital_.Progress(id).displayed() >= kEverybody; }, 60s))
        << id << ": " << hospital_.Progress(id).ShortDebugString();
    EXPECT_EQ(hospital_.Progress(id).displayed(), kEverybody) << id;
  }
  CompareStore();
  CompareDeliveries(pcs, open);
  CompareAnswers(pcs);
}

}  // namespace
}  // namespace wardcast::testing
