// Two brokers on one PostgreSQL, each with a clock that looks: every reminder calls once.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <google/protobuf/util/json_util.h>
#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/file.h"
#include "base/proto_time.h"
#include "tests/programs/secure_broker.h"
#include "tests/scenario/life/person.h"
#include "tests/servers/temp_postgres.h"
#include "wardcast/v1/alert_service.grpc.pb.h"

namespace wardcast::testing {
namespace {

using namespace std::chrono_literals;
namespace fs = std::filesystem;

// At the time of the machine, which is PostgreSQL's as well.
class TwoBrokersRemind : public ::testing::Test {
 protected:
  void SetUp() override {
    if (const std::string why = TempPostgres::WhyNot(); !why.empty()) GTEST_SKIP() << why;
    database_.emplace();
    const fs::path config = files_.path() / "wardcast.toml";
    std::ofstream(config) << "[store]\npostgresql = \"" << database_->NewDatabase() << "\"\n";
    east_.emplace(std::vector<std::string>{"--config", config});
    west_.emplace(std::vector<std::string>{"--config", config}, east_->ExportIdentity());
    Open();
  }

  // The administrator signs in and imports six wards; a publisher gets a token.
  void Open() {
    // The link of the broker that started last is the one that holds.
    const std::string administrator = SignInFirst(
        east_->Channel(), "administrator", PasswordLinkIn(west_->Log()), SystemClock().Now());
    const fs::path session = files_.path() / "administrator";
    ASSERT_TRUE(WriteSecretFile(session, administrator + "\n"));
    const fs::path map = files_.path() / "map";
    fs::create_directories(map);
    std::ofstream(map / "sites.csv") << "id,name,zone\nmain,Main,Etc/UTC\n";
    std::ofstream(map / "buildings.csv") << "id,name,site\ntower,Tower,main\n";
    // Shifts begin half a day from now: no reminder but the last one is near. A ward for each work,
    // so that none is told too often.
    const auto hour =
        std::chrono::floor<std::chrono::hours>(SystemClock().Now().time_since_epoch());
    const std::string shift = fmt::format("{:02}:30", (hour.count() + 12) % 24);
    std::ofstream wards(map / "wards.csv");
    std::ofstream endpoints(map / "endpoints.csv");
    wards << "id,name,building,type,shift_starts\n";
    endpoints << "id,name,ward\n";
    for (int i = 0; i < 6; ++i) {
      wards << fmt::format("ward-{0},Ward {0},tower,inpatient,{1}\n", i, shift);
      endpoints << fmt::format("pc-{0},PC {0},ward-{0}\n", i);
    }
    wards.close();
    endpoints.close();
    const Said imported = Wardcast(*east_, session, {"import", map});
    ASSERT_EQ(imported.code, 0) << imported.text;
    const Said made = east_->Admin({"token", "create", "desk", "--role", "publisher"});
    ASSERT_EQ(made.code, 0) << made.text;
    secret_ = made.text.substr(0, made.text.find_last_not_of('\n') + 1);
    secret_ = secret_.substr(secret_.rfind('\n') + 1);
    desk_ = files_.path() / "desk";
    ASSERT_TRUE(WriteSecretFile(desk_, secret_ + "\n"));
  }

  static Said Wardcast(const SecureBroker& broker, const fs::path& token,
                       std::vector<std::string> words) {
    std::vector<std::string> all{
        "wardcast",     "--broker", broker.grpc(), "--ca", broker.folder() / "tls" / "ca.pem",
        "--token-file", token};
    all.insert(all.end(), words.begin(), words.end());
    return broker.Run(all);
  }

  // Planned work on that ward that begins then; its id.
  std::string Plan(int ward, TimePoint start) {
    const Said said = Wardcast(*east_, desk_,
                               {"--output", "json", "publish", "--kind", "planned-downtime",
                                "--severity", "moderate", "--headline", "Work", "--ward",
                                fmt::format("ward-{}", ward), "--start", ToRfc3339(start)});
    EXPECT_EQ(said.code, 0) << said.text;
    v1::PublishAlertResponse response;
    EXPECT_TRUE(google::protobuf::util::JsonStringToMessage(said.text, &response).ok())
        << said.text;
    return response.alert().id();
  }

  // Its versions of a reminder, as that broker tells them.
  std::vector<v1::Alert> RemindersOf(const SecureBroker& broker, const std::string& alert_id) {
    v1::GetTimelineRequest request;
    request.set_alert_id(alert_id);
    v1::GetTimelineResponse response;
    grpc::ClientContext context;
    context.AddMetadata("authorization", "Bearer " + secret_);
    context.set_deadline(std::chrono::system_clock::now() + 20s);
    const auto status =
        v1::AlertService::NewStub(broker.Channel())->GetTimeline(&context, request, &response);
    EXPECT_TRUE(status.ok()) << status.error_message();
    std::vector<v1::Alert> reminders;
    for (const v1::TimelineEntry& entry : response.entries()) {
      if (entry.has_version() && entry.version().occasion() == v1::Occasion::REMINDER)
        reminders.push_back(entry.version());
    }
    return reminders;
  }

  const TempFolder files_;
  std::optional<TempPostgres> database_;
  std::optional<SecureBroker> east_;
  std::optional<SecureBroker> west_;
  std::string secret_;
  fs::path desk_;
};

// Five pieces of work that begin in a quarter of an hour, a second apart: both brokers look at the
// same moment, five times. Then one broker is stopped, and the sixth reminder comes all the same.
TEST_F(TwoBrokersRemind, OfEachWorkOnce) {
  const TimePoint begin = SystemClock().Now() + 15min + 12s;
  std::vector<std::string> works;
  works.reserve(5);
  for (int i = 0; i < 5; ++i) {
    works.push_back(Plan(i, begin + std::chrono::seconds(i)));
  }
  const std::string last = Plan(5, begin + 25s);
  for (const std::string& work : works) {
    EXPECT_TRUE(ComesTrue([&] {
      return !RemindersOf(*east_, work).empty() && !RemindersOf(*west_, work).empty();
    })) << east_->Log()
        << west_->Log();
  }
  east_->Stop();
  ASSERT_TRUE(ComesTrue([&] { return !RemindersOf(*west_, last).empty(); })) << west_->Log();
  works.push_back(last);
  for (const std::string& work : works) {
    const std::vector<v1::Alert> reminders = RemindersOf(*west_, work);
    EXPECT_EQ(reminders.size(), 1U) << work;
    EXPECT_EQ(reminders.front().round_presentation(), v1::Presentation::DIALOG);
  }
}

}  // namespace
}  // namespace wardcast::testing
