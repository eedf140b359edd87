// A real agent on a PC whose clock and time zone are wrong. The broker's time and the site's zone
// count; the PC's own are only reported.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <signal.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/proto_time.h"
#include "tests/programs/hospital.h"
#include "wardcast/v1/alert_service.grpc.pb.h"

namespace wardcast::testing {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;
using ::testing::HasSubstr;

// Empty: it is not installed.
std::string FindFaketime() {
  for (const fs::path folder : {"/usr/lib/x86_64-linux-gnu/faketime",
                                "/usr/lib/aarch64-linux-gnu/faketime", "/usr/lib/faketime"}) {
    if (fs::exists(folder / "libfaketimeMT.so.1")) return folder / "libfaketimeMT.so.1";
  }
  return "";
}

struct WrongClock {
  const char* name;
  const char* zone;
  const char* offset;  // as libfaketime takes it
};

class WrongClocks : public ::testing::TestWithParam<WrongClock> {
 protected:
  void SetUp() override {
    if (FindFaketime().empty()) GTEST_SKIP() << "libfaketime is not installed";
  }
  std::vector<std::string> Environment() const {
    return {std::string("TZ=") + GetParam().zone, std::string("FAKETIME=") + GetParam().offset,
            "FAKETIME_DONT_FAKE_MONOTONIC=1", "LD_PRELOAD=" + FindFaketime()};
  }
  v1::Alert Read(const std::string& alert_id) const {
    v1::GetAlertRequest request;
    request.set_alert_id(alert_id);
    v1::GetAlertResponse response;
    grpc::ClientContext context;
    hospital_.Prepare(context, 10s);
    const auto status =
        v1::AlertService::NewStub(hospital_.channel())->GetAlert(&context, request, &response);
    EXPECT_TRUE(status.ok()) << status.error_message();
    return response.alert();
  }
  int Events(const std::string& event, const std::string& alert, const std::string& detail) const {
    const auto ledger = hospital_.Ledger("4w-pc-01");
    return static_cast<int>(std::ranges::count_if(ledger, [&](const LedgerLine& line) {
      return line.event == event && line.alert == alert && line.state == detail;
    }));
  }

  Hospital hospital_{1};
};

// "14:37" at the alert's site.
std::string WallClock(const v1::ZonedTime& time) {
  const auto local = FromTimestamp(time.at()) + std::chrono::minutes(time.utc_offset_minutes());
  const auto of_day = std::chrono::floor<std::chrono::minutes>(
      local - std::chrono::floor<std::chrono::days>(local));
  return fmt::format("{:02}:{:02}", of_day.count() / 60, of_day.count() % 60);
}

TEST_P(WrongClocks, TheTimeZoneHidesANewAlert) {
  const auto agent = hospital_.StartAgentWith(Environment(), "4w-pc-01",
                                              {"--auto-acknowledge", "PROCEDURE_STARTED"});
  ASSERT_TRUE(Eventually([&] {
    return hospital_.Log("4w-pc-01").find("CONTACT yes") != std::string::npos;
  })) << hospital_.Log("4w-pc-01");
  const auto id = hospital_.Publish("Lab results are not reaching the EHR");
  ASSERT_TRUE(id) << id.error().message;
  // It comes up at once, in a window, and is reported.
  ASSERT_TRUE(Eventually([&] { return Events("call", *id, "open") == 1; }))
      << hospital_.Log("4w-pc-01");
  ASSERT_TRUE(Eventually([&] { return hospital_.Progress(*id).wards_acknowledged() == 1; }));
  EXPECT_EQ(hospital_.Progress(*id).displayed(), 1);
  const std::chrono::milliseconds its_time(hospital_.Ledger("4w-pc-01").front().ms);
  ASSERT_GT(std::chrono::abs(its_time - SystemClock().Now().time_since_epoch()), 8h)
      << "its clock is wrong indeed";
  // Times are the hospital's.
  const v1::Alert alert = Read(*id);
  EXPECT_THAT(hospital_.Log("4w-pc-01"),
              HasSubstr("next update " + WallClock(alert.next_update())));
  // Its end is told as well, and an agent that starts with this clock and this cache shows nothing
  // that is over.
  ASSERT_TRUE(hospital_.End(*id));
  ASSERT_TRUE(Eventually([&] { return Events("call", *id, "closing") == 1; }));
  agent->Signal(SIGKILL);
  agent->Wait(10s);
  const auto second = hospital_.Publish("Orders are slow");
  ASSERT_TRUE(second);
  const auto again = hospital_.StartAgentWith(Environment(), "4w-pc-01");
  EXPECT_TRUE(Eventually([&] { return Events("call", *second, "open") == 1; }));
  EXPECT_EQ(Events("call", *id, "open"), 1);
}

INSTANTIATE_TEST_SUITE_P(
    , WrongClocks,
    ::testing::Values(WrongClock{"AheadInKiritimati", "Pacific/Kiritimati", "+26h"},
                      WrongClock{"BehindByYearsInKiritimati", "Pacific/Kiritimati", "-1500d"},
                      WrongClock{"BehindInPagoPago", "Pacific/Pago_Pago", "-9h"}),
    [](const auto& clock) { return clock.param.name; });

}  // namespace
}  // namespace wardcast::testing
