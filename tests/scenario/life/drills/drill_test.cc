// Exercises: begun by their own command, answered by wards, over when something real comes or after
// two hours, and never in the way of a real problem.
#include "base/file.h"
#include "base/ulid.h"
#include "tests/scenario/life/life_scene.h"
#include "wardcast/v1/endpoint_service.grpc.pb.h"

namespace wardcast::testing {
namespace {

using namespace std::chrono_literals;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

class Drill : public LifeScene {
 protected:
  Drill() : LifeScene("2026-03-03T21:00:00Z") {}  // Tuesday 14:00 at the main campus

  // `drill start` and these words, for scripts; it must go through.
  v1::Alert Start(Words words) {
    words.insert(words.begin(), {"drill", "start", "--yes"});
    return Answer<v1::PublishAlertResponse>(words).alert();
  }

  // The EHR outage on three wards.
  v1::Alert StartOnThreeWards() {
    return Start({"--template", "outage", "--service", "inpatient-ehr", "--ward", "4w", "--ward",
                  "icu", "--ward", "ed"});
  }

  bool IsShownOn(const std::string& agent, const v1::Alert& alert) {
    return Eventually([&] { return Noted(agent, "display", alert.id()) > 0; });
  }

  // "Real problem here", pressed on `alert` at that PC; what was refused, or "".
  std::string PressRealProblem(const v1::Alert& alert, const std::string& endpoint,
                               const std::string& ward) {
    v1::ReportRequest request;
    request.set_endpoint_id(endpoint);
    v1::Acknowledgement& ack = *request.add_acknowledgements();
    ack.set_id(NewUlid(Now()));
    ack.set_alert_id(alert.id());
    ack.set_log_id(alert.log_id());
    ack.set_generation(alert.generation());
    ack.set_round(alert.round());
    ack.set_ward_id(ward);
    ack.set_response(v1::Response::REAL_PROBLEM);
    *ack.mutable_pressed_at() = ToTimestamp(Now());
    v1::ReportResponse response;
    grpc::ClientContext context;
    context.set_deadline(std::chrono::system_clock::now() + 20s);
    const auto status =
        v1::EndpointService::NewStub(hospital().channel())->Report(&context, request, &response);
    EXPECT_TRUE(status.ok()) << status.error_message();
    return response.refused().empty() ? "" : response.refused(0).reason();
  }
};

TEST_F(Drill, OnThreeWardsIsStoppedByARealOutage) {
  KeenPc west("4w-pc-01", "4w", hospital().broker());
  const auto icu = hospital().StartAgent("icu-pc-01");

  // 14:00 The drill begins. 4 West answers it; nothing of it is among what is real.
  const v1::Alert drill = StartOnThreeWards();
  EXPECT_EQ(drill.state(), v1::State::ACTIVE);
  EXPECT_EQ(drill.status(), v1::Status::EXERCISE);
  EXPECT_LE(drill.presentation(), v1::Presentation::DIALOG);
  EXPECT_THAT(drill.audience().exclude().classes(), Contains(v1::EndpointClass::CLINICAL));
  ASSERT_TRUE(IsShownOn("icu-pc-01", drill)) << hospital().Log("icu-pc-01");
  EXPECT_THAT(hospital().Log("icu-pc-01"), HasSubstr("EXERCISE"));
  ASSERT_TRUE(Eventually([&] { return WardOf(drill.id(), "4w").acknowledged(); }));
  EXPECT_THAT(Answer<v1::ListAlertsResponse>({"list"}).alerts(), IsEmpty());
  EXPECT_THAT(Wardcast({"list"}).said, HasSubstr("1 drill is not in this list"));
  EXPECT_THAT(Wardcast({"drill", "list"}).said, HasSubstr("1 of 3 wards answered"));

  // 14:10 The lab results of the ICU stop, for real. The drill is over on all of its wards.
  Later(10min);
  const v1::Alert real =
      Publish({"--template", "outage", "--service", "lab-results", "--ward", "icu"});
  EXPECT_EQ(real.status(), v1::Status::ACTUAL);
  ASSERT_TRUE(Comes(
      drill.id(), [](const v1::Alert& alert) { return alert.closing() == v1::Closing::EXPIRED; }));
  const v1::Alert stopped = Read(drill.id());
  EXPECT_EQ(stopped.closing_text(), "EXERCISE STOPPED. The next notice is real.");
  EXPECT_TRUE(Gets(west, stopped)) << "4 West has no real notice, and no drill any more";
  ASSERT_TRUE(IsShownOn("icu-pc-01", real)) << hospital().Log("icu-pc-01");
  EXPECT_TRUE(Eventually([&] {
    return hospital().Log("icu-pc-01").find("EXERCISE STOPPED. The next notice is real.") !=
           std::string::npos;
  })) << hospital().Log("icu-pc-01");
  EXPECT_EQ(Read(real.id()).state(), v1::State::ACTIVE);

  // 14:15 Another drill has no place beside it, but elsewhere it has.
  Later(5min);
  const CommandEnd refused = Wardcast({"drill", "start", "--yes", "--template", "outage",
                                       "--service", "inpatient-ehr", "--ward", "icu"});
  EXPECT_EQ(refused.code, 1);
  EXPECT_THAT(refused.said, HasSubstr(real.id()));
  EXPECT_EQ(Start({"--again", drill.id(), "--ward", "ed"}).state(), v1::State::ACTIVE);
}

TEST_F(Drill, EndsByItselfAfterTwoHours) {
  KeenPc west("4w-pc-01", "4w", hospital().broker());
  const v1::Alert drill = StartOnThreeWards();
  ASSERT_TRUE(Eventually([&] { return WardOf(drill.id(), "4w").acknowledged(); }));

  // 15:00 It is edited, which does not make it longer.
  Later(1h);
  Update(drill.id(), {"--impact", "Reading works again", "--in-place"});
  // 15:58 Still on.
  Later(58min);
  EXPECT_EQ(Read(drill.id()).state(), v1::State::ACTIVE);
  // 16:01 Over. What the ward did stays.
  Later(3min);
  ASSERT_TRUE(Comes(
      drill.id(), [](const v1::Alert& alert) { return alert.closing() == v1::Closing::EXPIRED; }));
  const v1::Alert over = Read(drill.id());
  EXPECT_THAT(over.closing_text(), HasSubstr("EXERCISE"));
  EXPECT_THAT(over.closing_text(), Not(HasSubstr("ALL CLEAR")));
  EXPECT_TRUE(Gets(west, over));
  const CommandEnd shown = Wardcast({"drill", "show", drill.id()});
  EXPECT_EQ(shown.code, 0);
  EXPECT_THAT(shown.said, HasSubstr("1 of 3 wards answered"));
  EXPECT_THAT(shown.said, HasSubstr("4 West"));
  EXPECT_THAT(Wardcast({"drill", "list"}).said, HasSubstr("No drill is running"));
  EXPECT_THAT(Wardcast({"drill", "list", "--all"}).said, HasSubstr(drill.id()));
}

TEST_F(Drill, ARealProblemStandsUntilSomebodyHasAskedThere) {
  // The Emergency department takes it for real: its PC says so by itself.
  const auto ed = hospital().StartAgent("ed-pc-01", {"--auto-acknowledge", "REAL_PROBLEM"});
  const v1::Alert drill = StartOnThreeWards();
  ASSERT_TRUE(Eventually([&] { return WardOf(drill.id(), "ed").state() == v1::WardState::HELP; }))
      << hospital().Log("ed-pc-01");
  // And 4 West, by hand.
  EXPECT_EQ(PressRealProblem(drill, "4w-pc-01", "4w"), "");
  const v1::WardProgress west = WardOf(drill.id(), "4w");
  EXPECT_EQ(west.state(), v1::WardState::HELP);
  EXPECT_FALSE(west.acknowledged()) << "it is no answer to the drill";
  EXPECT_THAT(Wardcast({"drill", "show", drill.id()}).said, HasSubstr("REAL PROBLEM: 2"));

  // The drill ends; the problem does not.
  const CommandEnd ended = Wardcast({"drill", "end", drill.id()});
  EXPECT_EQ(ended.code, 0) << ended.said;
  EXPECT_EQ(Read(drill.id()).state(), v1::State::CLOSED);
  EXPECT_EQ(WardOf(drill.id(), "4w").state(), v1::WardState::HELP);
  const CommandEnd asked = Wardcast(
      {"ack", drill.id(), "--ward", "4w", "--response", "not-affected", "--initials", "J.R."});
  EXPECT_EQ(asked.code, 0) << asked.said;
  EXPECT_NE(WardOf(drill.id(), "4w").state(), v1::WardState::HELP);
  EXPECT_EQ(WardOf(drill.id(), "ed").state(), v1::WardState::HELP) << "nobody has asked there";

  // A real notice has no such answer: there everything is real.
  const v1::Alert real =
      Publish({"--template", "outage", "--service", "lab-results", "--ward", "4w"});
  EXPECT_THAT(PressRealProblem(real, "4w-pc-01", "4w"), HasSubstr("drills only"));
}

TEST_F(Drill, AndARealNoticeAreNeverTakenForEachOther) {
  const v1::Alert real = Publish({"--template", "outage", "--service", "fax", "--ward", "lab"});
  // The commands for drills leave a real notice alone.
  for (const Words& words :
       std::vector<Words>{{"drill", "end", real.id()},
                          {"drill", "show", real.id()},
                          {"drill", "start", "--yes", "--again", real.id(), "--ward", "4w"}}) {
    const CommandEnd refused = Wardcast(words);
    EXPECT_EQ(refused.code, 1) << ::testing::PrintToString(words);
    EXPECT_THAT(refused.said, HasSubstr("REAL notice"));
  }
  EXPECT_EQ(Read(real.id()).state(), v1::State::ACTIVE);

  // `publish` makes no drill, whatever a file says; a script says that it means one.
  const auto file = hospital().folder() / "drill.json";
  ASSERT_TRUE(WriteSecretFile(file, R"({"status": "EXERCISE", "kind": "OUTAGE",
                                        "headline": "The EHR is down", "audience": {"wards": ["4w"]}})"));
  EXPECT_EQ(Wardcast({"publish", "--json", file.string()}).code, 2);
  EXPECT_EQ(Wardcast({"drill", "start", "--json", file.string()}).code, 2);
  EXPECT_THAT(Answer<v1::ListAlertsResponse>({"drill", "list"}).alerts(), IsEmpty());

  // Done again it is for whom is named then, and for nobody else.
  const v1::Alert drill = Start({"--json", file.string()});
  EXPECT_EQ(Wardcast({"drill", "start", "--yes", "--again", drill.id()}).code, 2);
  const v1::Alert again = Start({"--again", drill.id(), "--ward", "ed"});
  EXPECT_EQ(again.headline(), drill.headline());
  EXPECT_THAT(again.audience().wards(), ElementsAre("ed"));
}

}  // namespace
}  // namespace wardcast::testing
