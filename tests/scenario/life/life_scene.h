// River Bend, two sites in two zones, with real programs that live at the time of the incident. It
// is told from the command line, as the people at its desks would; PCs say what they were sent.
#pragma once

#include <gmock/gmock.h>
#include <google/protobuf/util/json_util.h>
#include <gtest/gtest.h>

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/proto_time.h"
#include "tests/programs/hospital.h"
#include "tests/programs/keen_pc.h"
#include "tests/scenario/life/moved_clock.h"
#include "wardcast/v1/alert_service.pb.h"

namespace wardcast::testing {

using Words = std::vector<std::string>;

// How a command ended, and what it said on both streams.
struct CommandEnd {
  int code = 0;
  std::string said;
};

// The map: main (Denver): 4w, icu, ed, lab, and the clinic, open Mon-Fri 07:00-17:00; north (Los
// Angeles): n2. Two PCs each (4w-pc-01, 4w-pc-02 …), a board on 4w. Services: inpatient-ehr (4w,
// icu, ed, n2), lab-results (4w, icu, clinic), fax (lab). Templates: looking-into-it, outage,
// planned-downtime.
class LifeScene : public ::testing::Test {
 protected:
  // What everybody's clock shows when it begins, RFC 3339.
  explicit LifeScene(const std::string& begins);
  // Skips the test where clocks cannot be moved.
  void SetUp() override;

  Hospital& hospital() { return *hospital_; }
  TimePoint Now() const { return clock_->Now(); }
  // It is now that late; the clocks of all programs jump.
  void At(const std::string& time);
  void Later(std::chrono::milliseconds by) { clock_->MoveTo(Now() + by); }

  // An account with these role sets or roles, signed in.
  void Employ(const std::string& account, const Words& roles);
  // A machine's token with these flags of `admin token create`.
  void Install(const std::string& machine, const Words& flags);
  // Runs `wardcast` as somebody of these; "": by the broker's own token.
  CommandEnd Wardcast(const Words& words, const std::string& who = "");
  // The same with an answer: it must end with `code`, and what it printed is read.
  template <class Response>
  Response Answer(const Words& words, const std::string& who = "", int code = 0) {
    Words all{"--output", "json"};
    all.insert(all.end(), words.begin(), words.end());
    const CommandEnd end = Wardcast(all, who);
    EXPECT_EQ(end.code, code) << ::testing::PrintToString(words) << "\n" << end.said;
    Response response;
    const auto status = google::protobuf::util::JsonStringToMessage(end.said, &response);
    EXPECT_TRUE(status.ok()) << end.said;
    return response;
  }
  // `publish` and these words, which must go through.
  v1::Alert Publish(Words words, const std::string& who = "", int code = 0);
  v1::Alert Update(const std::string& alert_id, Words words, const std::string& who = "");
  v1::Alert End(const std::string& alert_id, Words words, const std::string& who = "");

  v1::Alert Read(const std::string& alert_id);
  // The alert becomes so within 30 s: the clock's steps are looked at every 5 s.
  bool Comes(const std::string& alert_id, const std::function<bool(const v1::Alert&)>& so);
  // Its versions, oldest first.
  std::vector<v1::Alert> VersionsOf(const std::string& alert_id);
  v1::WardProgress WardOf(const std::string& alert_id, const std::string& ward_id);

  // What this PC holds of it; a default alert: nothing.
  static v1::Alert HeldBy(KeenPc& pc, const std::string& alert_id);
  // It gets to hold this version, within 30 s.
  static bool Gets(KeenPc& pc, const v1::Alert& alert);
  // What an agent's ledger says: how often it noted `event` ("call", "display", "removed") of it,
  // and with that detail ("open", "closing"; "": any).
  int Noted(const std::string& agent, const std::string& event, const std::string& alert_id,
            const std::string& detail = "") const;

 private:
  void Import();

  const TimePoint begins_;
  const TempFolder folder_;
  std::unique_ptr<MovedClock> clock_;
  std::unique_ptr<Hospital> hospital_;
  std::map<std::string, std::string> token_files_;  // by account or machine
};

// An instant, as the test writes it.
TimePoint Instant(const std::string& rfc3339);
// The instant of a time on the wire.
TimePoint InstantOf(const v1::ZonedTime& time);
// How strongly the current round is shown on a PC of that ward, and what for.
v1::Presentation::Value ShownOn(const v1::Alert& alert, const std::string& ward_id);
v1::Occasion::Value OccasionOn(const v1::Alert& alert, const std::string& ward_id);
// The round of that ward.
int RoundOn(const v1::Alert& alert, const std::string& ward_id);

}  // namespace wardcast::testing
