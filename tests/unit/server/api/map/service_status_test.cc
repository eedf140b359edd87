#include "server/api/map/service_status.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <string>
#include <utility>

#include "base/proto_time.h"
#include "tests/fixtures/hospital.h"

namespace wardcast {
namespace {

using std::chrono::hours;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::kMorning;

class ServiceStatusTest : public ::testing::Test {
 protected:
  ServiceStatusTest() {
    DirectoryContent content = testing::SmallHospital();
    for (const auto& [id, team] : {std::pair("ehr", "b"), std::pair("lab", "b"), {"fax", "a"}}) {
      v1::Service& service = content.services.emplace_back();
      service.set_id(id);
      service.set_name(id);
      service.set_team_id(team);
    }
    directory_ = testing::MakeDirectory(std::move(content), 1);
  }
  // A severe outage of these services, open now.
  v1::Alert Outage(const std::string& id, const std::vector<std::string>& services) {
    v1::Alert alert = testing::MakeAlert(id, 2, {});
    alert.set_phase(v1::Phase::CONFIRMED);
    for (const std::string& service : services) alert.add_services(service);
    return alert;
  }
  v1::Alert Planned(const std::string& id, const std::string& service, hours ahead) {
    v1::Alert alert = Outage(id, {service});
    alert.set_kind(v1::Kind::PLANNED_DOWNTIME);
    alert.set_phase(v1::Phase::ANNOUNCED);
    alert.set_severity(v1::Severity::MODERATE);
    alert.set_state(v1::State::SCHEDULED);
    *alert.mutable_start()->mutable_at() = ToTimestamp(kMorning + ahead);
    return alert;
  }
  void Open(v1::Alert alert) { open_.push_back(EncodeAlert(testing::Stored(alert))); }
  v1::ServiceStatus Of(const std::string& service) const {
    const auto response = ServiceStatuses(*directory_, open_, kMorning);
    const auto found = std::ranges::find_if(
        response.services(), [&](const auto& status) { return status.service().id() == service; });
    EXPECT_NE(found, response.services().end());
    return *found;
  }
  std::vector<std::string> PlannedOn(const std::string& service) const {
    std::vector<std::string> ids;
    const v1::ServiceStatus status = Of(service);
    for (const v1::Alert& alert : status.planned()) ids.push_back(alert.id());
    return ids;
  }

  DirectoryPtr directory_;
  std::vector<AlertFramePtr> open_;
};

TEST_F(ServiceStatusTest, EveryServiceByTeamAndName) {
  const auto response = ServiceStatuses(*directory_, open_, kMorning);
  std::vector<std::string> ids;
  for (const v1::ServiceStatus& status : response.services()) {
    ids.push_back(status.service().id());
    EXPECT_EQ(status.alert_id(), "");
  }
  EXPECT_THAT(ids, ElementsAre("fax", "ehr", "lab"));
}

TEST_F(ServiceStatusTest, TheGravestOpenNoticeCounts) {
  v1::Alert minor = Outage("a", {"lab"});
  minor.set_severity(v1::Severity::MINOR);
  Open(minor);
  Open(Outage("b", {"lab", "ehr"}));
  EXPECT_EQ(Of("lab").alert_id(), "b");
  EXPECT_EQ(Of("lab").severity(), v1::Severity::SEVERE);
  EXPECT_EQ(Of("ehr").kind(), v1::Kind::OUTAGE);
  EXPECT_EQ(Of("fax").alert_id(), "");
}

TEST_F(ServiceStatusTest, PlannedWorkThatHasNotBegunIsAheadAndNotDown) {
  Open(Planned("later", "lab", hours(48)));
  Open(Planned("sooner", "lab", hours(2)));
  v1::Alert on_wards = Planned("soonest", "lab", hours(1));
  on_wards.set_state(v1::State::ACTIVE);
  Open(on_wards);
  v1::Alert postponed = Planned("some-day", "lab", hours(1));
  postponed.set_phase(v1::Phase::POSTPONED);
  postponed.clear_start();
  Open(postponed);
  EXPECT_THAT(PlannedOn("lab"), ElementsAre("soonest", "sooner", "later", "some-day"));
  EXPECT_EQ(Of("lab").alert_id(), "");
  EXPECT_THAT(PlannedOn("ehr"), IsEmpty());
}

TEST_F(ServiceStatusTest, OnceItHasBegunItIsDown) {
  v1::Alert begun = Planned("work", "lab", hours(-1));
  begun.set_state(v1::State::ACTIVE);
  *begun.mutable_started_at()->mutable_at() = ToTimestamp(kMorning);
  Open(begun);
  EXPECT_THAT(PlannedOn("lab"), IsEmpty());
  EXPECT_EQ(Of("lab").alert_id(), "work");
}

TEST_F(ServiceStatusTest, WhatIsNotOutYetAndDrillsAreNobodysStatus) {
  v1::Alert drill = Outage("drill", {"lab"});
  drill.set_status(v1::Status::EXERCISE);
  Open(drill);
  v1::Alert held = Planned("held", "lab", hours(5));
  *held.mutable_send_at()->mutable_at() = ToTimestamp(kMorning + hours(1));
  Open(held);
  for (const auto state : {v1::State::DRAFT, v1::State::PENDING_APPROVAL, v1::State::SCHEDULED}) {
    v1::Alert outage = Outage("outage", {"lab"});
    outage.set_state(state);
    Open(outage);
  }
  for (const auto state : {v1::State::DRAFT, v1::State::PENDING_APPROVAL}) {
    v1::Alert planned = Planned("planned", "lab", hours(5));
    planned.set_state(state);
    Open(planned);
  }
  EXPECT_EQ(Of("lab").alert_id(), "");
  EXPECT_THAT(PlannedOn("lab"), IsEmpty());
}

TEST_F(ServiceStatusTest, APartialAllClearTakesItsServicesOut) {
  v1::Alert outage = Outage("both", {"lab", "ehr"});
  v1::ClearedPart& here = *outage.add_cleared();
  here.add_services("lab");
  here.add_sites("main");
  Open(outage);
  EXPECT_EQ(Of("lab").alert_id(), "both") << "it works at one site only";
  open_.clear();
  outage.add_cleared()->add_services("lab");
  Open(outage);
  EXPECT_EQ(Of("lab").alert_id(), "");
  EXPECT_EQ(Of("ehr").alert_id(), "both");
}

}  // namespace
}  // namespace wardcast
