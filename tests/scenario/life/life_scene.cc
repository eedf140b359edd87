#include "tests/scenario/life/life_scene.h"

#include <algorithm>
#include <filesystem>
#include <utility>

#include "base/file.h"
#include "tests/scenario/life/person.h"
#include "wardcast/v1/alert_service.grpc.pb.h"

namespace wardcast::testing {
namespace {

namespace fs = std::filesystem;

constexpr char kTemplates[] = R"([
 {"id": "looking-into-it", "title": "Looking into it", "hint": "The first minute.", "order": 1,
  "alert": {"kind": "OUTAGE", "phase": "LOOKING_INTO_IT", "severity": "SEVERE",
   "headline": "{service}: there is a problem",
   "impact": "We know of a problem with {service} since {start}. Next update {next}.",
   "instructions": [{"when": "DURING", "text": "If care cannot wait, use the downtime procedure."}]}},
 {"id": "outage", "title": "Outage", "hint": "A service is down.", "order": 2,
  "alert": {"kind": "OUTAGE", "phase": "CONFIRMED", "severity": "SEVERE",
   "headline": "{service} is down", "impact": "{service} has not been working since {start}.",
   "instructions": [{"when": "DURING", "text": "Start the downtime procedure of {service}."}]}},
 {"id": "planned-downtime", "title": "Planned downtime", "hint": "Work is planned.", "order": 3,
  "alert": {"kind": "PLANNED_DOWNTIME", "severity": "MODERATE",
   "headline": "{service}: planned downtime", "impact": "{service} will not work from {start}.",
   "instructions": [{"when": "BEFORE", "text": "Save and sign out before it begins."}]}}
])";

std::string EndpointRows() {
  std::string rows = "id,name,ward,class,tags\n";
  for (const std::string ward : {"4w", "icu", "ed", "lab", "clinic", "n2"}) {
    for (const std::string number : {"01", "02"}) {
      rows += ward + "-pc-" + number + "," + ward + " PC " + number + "," + ward + ",STANDARD,\n";
    }
  }
  return rows + "4w-board-01,4 West board,4w,BOARD,\n";
}

std::map<std::string, std::string> Files() {
  return {{"sites.csv",
           "id,name,zone,phone,phone_fallback,emergency_phone\n"
           "main,Main campus,America/Denver,5555,radio 3,911\n"
           "north,Northside,America/Los_Angeles,6555,radio 9,911\n"},
          {"buildings.csv", "id,name,site\ntower,Tower,main\nhill,Hill,north\n"},
          {"wards.csv",
           "id,name,building,type,floor,walking_order,phones,radio_channel,downtime_pc,binder,"
           "shift_starts,opening_hours,services\n"
           "4w,4 West,tower,inpatient,4,1,5104,,,,,,inpatient-ehr;lab-results\n"
           "icu,ICU,tower,icu,3,2,5103,,,,,,inpatient-ehr;lab-results\n"
           "ed,Emergency,tower,ed,1,3,5101,,,,,,inpatient-ehr\n"
           "lab,Lab,tower,lab,1,4,5102,,,,,,fax\n"
           "clinic,Clinic,tower,clinic,1,5,5105,,,,,Mon-Fri 07:00-17:00,lab-results\n"
           "n2,North 2,hill,inpatient,2,1,6102,,,,,,inpatient-ehr\n"},
          {"endpoints.csv", EndpointRows()},
          {"teams.csv", "id,name,phone\nclinical,Clinical applications,5001\n"},
          {"services.csv",
           "id,name,team,depends_on\ninpatient-ehr,Inpatient EHR,clinical,\n"
           "lab-results,Orders and results (lab),clinical,\nfax,Electronic fax,clinical,\n"},
          {"procedures.json", "[]"},
          {"templates.json", kTemplates}};
}

const v1::WardOverride* OverrideOf(const v1::Alert& alert, const std::string& ward_id) {
  const auto found = std::ranges::find(alert.ward_overrides(), ward_id, &v1::WardOverride::ward_id);
  return found == alert.ward_overrides().end() || found->round() <= alert.round() ? nullptr
                                                                                  : &*found;
}

}  // namespace

TimePoint Instant(const std::string& rfc3339) { return FromRfc3339(rfc3339).value(); }

TimePoint InstantOf(const v1::ZonedTime& time) { return FromTimestamp(time.at()); }

v1::Presentation::Value ShownOn(const v1::Alert& alert, const std::string& ward_id) {
  if (const v1::WardOverride* its_own = OverrideOf(alert, ward_id)) return its_own->presentation();
  return alert.round_presentation() == v1::Presentation::UNSPECIFIED ? alert.presentation()
                                                                     : alert.round_presentation();
}

v1::Occasion::Value OccasionOn(const v1::Alert& alert, const std::string& ward_id) {
  const v1::WardOverride* its_own = OverrideOf(alert, ward_id);
  return its_own ? its_own->occasion() : alert.occasion();
}

int RoundOn(const v1::Alert& alert, const std::string& ward_id) {
  const v1::WardOverride* its_own = OverrideOf(alert, ward_id);
  return its_own ? its_own->round() : alert.round();
}

LifeScene::LifeScene(const std::string& begins) : begins_(Instant(begins)) {}

void LifeScene::SetUp() {
  if (const std::string why = MovedClock::WhyNot(); !why.empty()) GTEST_SKIP() << why;
  clock_ = std::make_unique<MovedClock>(folder_.path() / "clock", begins_);
  hospital_ = std::make_unique<Hospital>(1, clock_->Environment());
  Import();
}

void LifeScene::Import() {
  const fs::path map = folder_.path() / "map";
  fs::create_directories(map);
  for (const auto& [name, content] : Files()) ASSERT_TRUE(WriteSecretFile(map / name, content));
  const CommandEnd end = Wardcast({"import", map.string()});
  ASSERT_EQ(end.code, 0) << end.said;
}

void LifeScene::At(const std::string& time) {
  const TimePoint then = Instant(time);
  ASSERT_GE(then, Now()) << "an incident goes on";
  clock_->MoveTo(then);
}

void LifeScene::Employ(const std::string& account, const Words& roles) {
  Words words{"admin", "account", "set", account};
  for (const std::string& role : roles) words.insert(words.end(), {"--role", role});
  words.insert(words.end(), {"--data-dir", (hospital_->folder() / "broker").string()});
  const CommandEnd made = Wardcast(words);
  ASSERT_EQ(made.code, 0) << made.said;
  const std::string token =
      SignInFirst(hospital_->channel(), account, PasswordLinkIn(made.said), Now());
  const fs::path file = folder_.path() / account;
  ASSERT_TRUE(WriteSecretFile(file, token + "\n"));
  token_files_[account] = file.string();
}

void LifeScene::Install(const std::string& machine, const Words& flags) {
  Words words{"admin", "token", "create", machine};
  words.insert(words.end(), flags.begin(), flags.end());
  words.insert(words.end(), {"--data-dir", (hospital_->folder() / "broker").string()});
  const CommandEnd made = Wardcast(words);
  ASSERT_EQ(made.code, 0) << made.said;
  // The secret is the last line.
  std::string token = made.said.substr(0, made.said.find_last_not_of('\n') + 1);
  token = token.substr(token.rfind('\n') + 1);
  const fs::path file = folder_.path() / machine;
  ASSERT_TRUE(WriteSecretFile(file, token + "\n"));
  token_files_[machine] = file.string();
}

CommandEnd LifeScene::Wardcast(const Words& words, const std::string& who) {
  const std::string token_file = who.empty()
                                     ? (hospital_->folder() / "broker" / "admin.token").string()
                                     : token_files_.at(who);
  Words all{"--broker", hospital_->broker(), "--token-file", token_file};
  all.insert(all.end(), words.begin(), words.end());
  const std::size_t before = hospital_->Log("wardcast").size();
  CommandEnd end;
  end.code = hospital_->Run("wardcast", all);
  end.said = hospital_->Log("wardcast").substr(before);
  return end;
}

v1::Alert LifeScene::Publish(Words words, const std::string& who, int code) {
  words.insert(words.begin(), "publish");
  return Answer<v1::PublishAlertResponse>(words, who, code).alert();
}

v1::Alert LifeScene::Update(const std::string& alert_id, Words words, const std::string& who) {
  words.insert(words.begin(), {"update", alert_id});
  return Answer<v1::UpdateAlertResponse>(words, who).alert();
}

v1::Alert LifeScene::End(const std::string& alert_id, Words words, const std::string& who) {
  words.insert(words.begin(), {"end", alert_id});
  return Answer<v1::EndAlertResponse>(words, who).alert();
}

v1::Alert LifeScene::Read(const std::string& alert_id) {
  v1::GetAlertRequest request;
  request.set_alert_id(alert_id);
  v1::GetAlertResponse response;
  grpc::ClientContext context;
  hospital_->Prepare(context, std::chrono::seconds(10));
  const auto status =
      v1::AlertService::NewStub(hospital_->channel())->GetAlert(&context, request, &response);
  EXPECT_TRUE(status.ok()) << status.error_message();
  return response.alert();
}

bool LifeScene::Comes(const std::string& alert_id,
                      const std::function<bool(const v1::Alert&)>& so) {
  return Eventually([&] { return so(Read(alert_id)); });
}

std::vector<v1::Alert> LifeScene::VersionsOf(const std::string& alert_id) {
  v1::GetTimelineRequest request;
  request.set_alert_id(alert_id);
  v1::GetTimelineResponse response;
  grpc::ClientContext context;
  hospital_->Prepare(context, std::chrono::seconds(10));
  const auto status =
      v1::AlertService::NewStub(hospital_->channel())->GetTimeline(&context, request, &response);
  EXPECT_TRUE(status.ok()) << status.error_message();
  std::vector<v1::Alert> versions;
  for (const v1::TimelineEntry& entry : response.entries()) {
    if (entry.has_version()) versions.push_back(entry.version());
  }
  return versions;
}

v1::WardProgress LifeScene::WardOf(const std::string& alert_id, const std::string& ward_id) {
  const v1::AlertProgress progress = hospital_->Progress(alert_id);
  for (const v1::WardProgress& ward : progress.by_ward()) {
    if (ward.ward_id() == ward_id) return ward;
  }
  return {};
}

v1::Alert LifeScene::HeldBy(KeenPc& pc, const std::string& alert_id) {
  const auto ledger = pc.ledger();
  const auto found = ledger.held.find(alert_id);
  return found == ledger.held.end() ? v1::Alert() : found->second;
}

bool LifeScene::Gets(KeenPc& pc, const v1::Alert& alert) {
  return Eventually([&] { return HeldBy(pc, alert.id()).version() >= alert.version(); });
}

int LifeScene::Noted(const std::string& agent, const std::string& event,
                     const std::string& alert_id, const std::string& detail) const {
  const auto ledger = hospital_->Ledger(agent);
  return static_cast<int>(std::ranges::count_if(ledger, [&](const LedgerLine& line) {
    return line.event == event && line.alert == alert_id &&
           (detail.empty() || line.state == detail);
  }));
}

}  // namespace wardcast::testing
