#include "server/access/audit/audit_log.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <soci/soci.h>
#include <soci/sqlite3/soci-sqlite3.h>

#include <memory>
#include <string>

#include "server/store/open_store.h"
#include "tests/servers/temp_folder.h"

namespace wardcast {
namespace {

using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class AuditLogTest : public ::testing::Test {
 protected:
  AuditLogTest() : store_(OpenStore({.data_dir = folder_.path()}, clock_.Now()).value()) {}

  // What was done, newest first.
  std::vector<std::string> Trail() {
    std::vector<std::string> words;
    const auto events = store_->people()->ReadAudit(TimePoint{}, "", false, 1'000);
    EXPECT_TRUE(events) << events.error().message;
    if (events) {
      for (const auto& event : *events) words.push_back(event.subject());
    }
    return words;
  }
  void Sql(const std::string& statement) {
    soci::session session(soci::sqlite3, "dbname=" + (folder_.path() / "wardcast.db").string());
    session << statement;
  }
  static AuditEntry About(const std::string& subject) {
    AuditEntry entry;
    entry.what = "publish-alert";
    entry.subject = subject;
    return entry;
  }

  testing::TempFolder folder_;
  ManualClock clock_{TimePoint(std::chrono::days(20'000))};
  std::unique_ptr<Store> store_;
};

// How often a `done` was called, and what the trail held when it was.
class Answers {
 public:
  explicit Answers(std::function<std::vector<std::string>()> trail) : trail_(std::move(trail)) {}

  std::function<void()> For(const std::string& subject) {
    return [this, subject] {
      const auto trail = trail_();
      const MutexLock lock(mu_);
      kept_.push_back(std::ranges::find(trail, subject) != trail.end());
      changed_.NotifyAll();
    };
  }
  std::vector<bool> Await(std::size_t count) {
    const MutexLock lock(mu_);
    while (kept_.size() < count) {
      if (!changed_.WaitFor(mu_, std::chrono::seconds(20))) break;
    }
    return kept_;
  }

 private:
  const std::function<std::vector<std::string>()> trail_;
  Mutex mu_;
  CondVar changed_;
  std::vector<bool> kept_ GUARDED_BY(mu_);
};

TEST_F(AuditLogTest, EachIsAnsweredOnceAndAfterItsEntryIsCommitted) {
  Answers answers([this] { return Trail(); });
  AuditLog log({.broker_id = "broker-1"}, store_->people(), clock_);
  for (int i = 0; i < 20; ++i) {
    const std::string subject = "alert-" + std::to_string(i);
    log.RecordThen(About(subject), answers.For(subject));
  }
  EXPECT_THAT(answers.Await(20), ::testing::AllOf(SizeIs(20), Each(true)));
  log.Stop();
  EXPECT_THAT(answers.Await(20), SizeIs(20));
}

TEST_F(AuditLogTest, WhenTheStoreFailsEachIsAnsweredAndTheEntriesComeLaterInTheirOrder) {
  Answers answers([] { return std::vector<std::string>{}; });
  AuditLog log({.broker_id = "broker-1", .try_again_after = std::chrono::milliseconds(50)},
               store_->people(), clock_);
  Sql("ALTER TABLE audit_event RENAME TO audit_event_away");
  log.RecordThen(About("first"), answers.For("first"));
  EXPECT_THAT(answers.Await(1), SizeIs(1));
  EXPECT_NE(log.Trouble(), "");
  // It is known by now that nothing can be written: nobody waits for it.
  log.RecordThen(About("second"), answers.For("second"));
  EXPECT_THAT(answers.Await(2), SizeIs(2));
  Sql("ALTER TABLE audit_event_away RENAME TO audit_event");
  log.Record(About("third"));
  EXPECT_THAT(Trail(), ElementsAre("third", "second", "first"));
  EXPECT_EQ(log.Trouble(), "");
}

TEST_F(AuditLogTest, StoppingCommitsWhatWaitsAndAnswersIt) {
  Answers answers([this] { return Trail(); });
  AuditLog log({.broker_id = "broker-1", .gather_for = std::chrono::seconds(30)}, store_->people(),
               clock_);
  log.RecordThen(About("first"), answers.For("first"));
  log.RecordThen(About("second"), answers.For("second"));
  log.Stop();
  EXPECT_THAT(answers.Await(2), ElementsAre(true, true));
  // Too late for the trail; but whoever calls must not wait for ever.
  log.RecordThen(About("third"), answers.For("third"));
  EXPECT_THAT(answers.Await(3), ElementsAre(true, true, false));
}

TEST_F(AuditLogTest, AnEntryOfATableThatIsGoneIsStillAnsweredAtTheStop) {
  Answers answers([] { return std::vector<std::string>{}; });
  AuditLog log({.broker_id = "broker-1", .gather_for = std::chrono::seconds(30)}, store_->people(),
               clock_);
  Sql("ALTER TABLE audit_event RENAME TO audit_event_away");
  log.RecordThen(About("first"), answers.For("first"));
  log.Stop();
  EXPECT_THAT(answers.Await(1), SizeIs(1));
  Sql("ALTER TABLE audit_event_away RENAME TO audit_event");
  EXPECT_THAT(Trail(), IsEmpty());
}

}  // namespace
}  // namespace wardcast
