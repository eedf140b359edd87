// What publishers, approvers and machines do to alerts, on a real store: 12 wards, of which 4w, icu
// and lab have PCs; the services `lab-results` and `ehr`.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "server/alert/steps.h"
#include "server/api/alerts/alert_reader.h"
#include "server/api/alerts/approval.h"
#include "server/api/alerts/change.h"
#include "server/api/alerts/preview.h"
#include "server/api/alerts/publish.h"
#include "tests/unit/server/api/api_scene.h"

namespace wardcast::testing {

class AlertScene : public ApiScene {
 protected:
  AlertScene() { Import(Hospital()); }

  static DirectoryContent Hospital() {
    DirectoryContent content = SmallHospital();
    for (int i = 1; i <= 9; ++i) {
      v1::Ward& ward = content.wards.emplace_back();
      ward.set_id("w-" + std::to_string(i));
      ward.set_name("Ward " + std::to_string(i));
      ward.set_building_id("tower");
    }
    v1::Team& team = content.teams.emplace_back();
    team.set_id("apps");
    team.set_name("Applications");
    for (const char* id : {"lab-results", "ehr"}) {
      v1::Service& service = content.services.emplace_back();
      service.set_id(id);
      service.set_name(id == std::string("ehr") ? "Inpatient EHR" : "Orders and results (lab)");
      service.set_team_id("apps");
    }
    return content;
  }

  // Somebody at a desk, who has just proved who they are.
  IdentityPtr Person(const std::string& name) const {
    return std::make_shared<const Identity>(
        Identity{.kind = Identity::Kind::kPerson,
                 .name = name,
                 .published_as = "Service desk",
                 .grants = EveryGrant(),
                 .confirmed_until = clock_.Now() + std::chrono::hours(100'000)});
  }
  // A program whose token goes up to SEVERE.
  static IdentityPtr Machine(const std::string& name) {
    v1::Grant grant;
    grant.set_role(v1::Role::PUBLISHER);
    grant.mutable_scope()->set_max_severity(v1::Severity::SEVERE);
    grant.mutable_scope()->set_max_presentation(v1::Presentation::DIALOG);
    return std::make_shared<const Identity>(Identity{.kind = Identity::Kind::kToken,
                                                     .name = "token/" + name,
                                                     .published_as = name,
                                                     .grants = {grant}});
  }

  // An outage of a service for these wards; none: for everyone.
  static v1::PublishAlertRequest Outage(const std::string& service,
                                        const std::vector<std::string>& wards) {
    v1::PublishAlertRequest request;
    v1::Alert& alert = *request.mutable_alert();
    alert.set_kind(v1::Kind::OUTAGE);
    alert.set_severity(v1::Severity::SEVERE);
    alert.set_headline("Results do not arrive");
    if (!service.empty()) alert.add_services(service);
    for (const std::string& ward : wards) alert.mutable_audience()->add_wards(ward);
    alert.mutable_audience()->set_everyone(wards.empty());
    return request;
  }
  static v1::PublishAlertRequest Information(const std::vector<std::string>& wards) {
    v1::PublishAlertRequest request = Outage("", wards);
    request.mutable_alert()->set_kind(v1::Kind::INFORMATION);
    request.mutable_alert()->set_severity(v1::Severity::MODERATE);
    request.mutable_alert()->set_headline("The canteen stays open");
    return request;
  }

  Result<v1::PublishAlertResponse> Publish(const IdentityPtr& caller,
                                           const v1::PublishAlertRequest& request) {
    auto answer = publish_.PublishAlert(CallOf(caller), request);
    Sync();
    return answer;
  }
  Result<v1::EndAlertResponse> EndByKey(const IdentityPtr& caller, const std::string& key) {
    v1::EndAlertRequest request;
    request.set_source_key(key);
    request.set_all_clear(true);
    auto answer = change_.EndAlert(CallOf(caller), request);
    Sync();
    return answer;
  }
  v1::Alert Load(const std::string& id) { return store_->LoadAlert(id).value().alert; }

  // What the clock makes due now.
  void RunSteps(const std::string& id) {
    const Plan plan = NextSteps(Load(id), *hub_.directory(), clock_.Now());
    std::vector<StepRow> rows;
    rows.reserve(plan.due.size());
    for (const Step& step : plan.due) {
      rows.push_back({.step = step.key.step,
                      .target = step.key.target,
                      .round = step.key.round,
                      .due = step.due});
    }
    if (rows.empty()) return;
    ASSERT_TRUE(commit_.ApplySteps(id, std::move(rows)));
    Sync();
  }
  std::vector<v1::AuditEvent> Trail() {
    return store_->people()->ReadAudit(TimePoint{}, "", false, 1'000).value();
  }

  const SigningKey key_ = SigningKey::Generate();
  AuditLog audit_{AuditLogConfig{.broker_id = "broker-1"}, store_->people(), clock_};
  EndpointStates states_{EndpointStatesConfig{.broker_id = "broker-1"}, *store_, hub_, clock_};
  ReachReader reach_{*store_, hub_, connections_, states_, clock_};
  Approvers approvers_{store_->people(), std::chrono::milliseconds(0)};
  AlertCommit commit_{*store_, *bus_, hub_, key_};
  const AlertParts parts_{.store = *store_,
                          .hub = hub_,
                          .reach = reach_,
                          .commit = commit_,
                          .approvers = approvers_,
                          .audit = audit_,
                          .clock = clock_};
  PublishHandler publish_{parts_};
  ChangeHandler change_{parts_};
  PreviewHandler preview_{parts_};
};

}  // namespace wardcast::testing
