#include "server/api/api.h"

#include <chrono>
#include <optional>
#include <utility>

#include "server/api/access/access_handler.h"
#include "server/api/access/account_handler.h"
#include "server/api/access/audit_handler.h"
#include "server/api/access/directory_check.h"
#include "server/api/access/token_handler.h"
#include "server/api/acknowledge_handler.h"
#include "server/api/alerts/alert_parts.h"
#include "server/api/alerts/alert_reader.h"
#include "server/api/alerts/approval.h"
#include "server/api/alerts/change.h"
#include "server/api/alerts/preview.h"
#include "server/api/alerts/publish.h"
#include "server/api/enrolment/identity_handler.h"
#include "server/api/figures/expected_reader.h"
#include "server/api/figures/place_history.h"
#include "server/api/figures/reach.h"
#include "server/api/map/catalogue_handler.h"
#include "server/api/map/directory_handler.h"
#include "server/api/map/directory_writer.h"
#include "server/api/presence/endpoint_handler.h"
#include "server/api/presence/placer.h"
#include "server/api/presence/presence_reader.h"
#include "server/api/presence/presence_recorder.h"
#include "server/api/report_handler.h"
#include "server/api/settings_handler.h"

namespace wardcast {
namespace {

// What is queued when the broker stops has so long to be answered.
constexpr std::chrono::seconds kLastWork{2};
// One password costs a core for a tenth of a second and 64 MiB.
constexpr WorkQueueConfig kPasswords{.threads = 2, .capacity = 64, .name = "password"};

// A handler's member function as what the table takes.
template <class Handler, class Request, class Response>
std::function<Result<Response>(const CallContext&, const Request&)> Bind(
    Handler& handler, Result<Response> (Handler::*method)(const CallContext&, const Request&)) {
  return [&handler, method](const CallContext& context, const Request& request) {
    return (handler.*method)(context, request);
  };
}

}  // namespace

// In the order of construction; destroyed in the reverse order.
struct Api::Handlers {
  explicit Handlers(const ApiParts& parts)
      : audit(AuditLogConfig{.broker_id = parts.journal.broker_id()}, parts.store.people(),
              parts.clock),
        connections(parts.store, parts.hub, parts.journal.broker_id(), parts.clock),
        states(EndpointStatesConfig{.broker_id = parts.journal.broker_id()}, parts.store, parts.hub,
               parts.clock),
        reach(parts.store, parts.hub, connections, states, parts.clock),
        places(parts.store, parts.clock),
        expected(parts.store, places),
        progress(parts.store, parts.hub, expected, connections, parts.clock),
        approvers(parts.store.people()),
        commit(parts.store, parts.bus, parts.hub, parts.signing_key),
        alerts{.store = parts.store,
               .hub = parts.hub,
               .reach = reach,
               .commit = commit,
               .approvers = approvers,
               .audit = audit,
               .clock = parts.clock},
        preview(alerts),
        publish(alerts),
        change(alerts),
        approval(alerts),
        alert_reader(parts.store, progress),
        acknowledge(parts.store, parts.hub, parts.journal, audit, parts.clock),
        report(parts.store, parts.hub, parts.journal, places, parts.clock),
        settings(parts.hub, parts.clock),
        directory_writer(parts.store, parts.bus, parts.hub, parts.clock),
        directory(parts.hub, directory_writer),
        presence(parts.store, parts.hub, parts.journal.broker_id(), parts.clock),
        endpoints(parts.store, parts.hub, expected, presence, parts.clock),
        backup(parts.backups, parts.store, parts.clock),
        enrolment(parts.enrolment, parts.hub, parts.clock),
        identity(parts.enrolment ? parts.enrolment->data_dir : std::filesystem::path()),
        catalogue(parts.hub, directory_writer, parts.clock),
        system(parts.health, parts.hub, parts.store, parts.clock, parts.version),
        hasher(parts.password_cost),
        desk(SignInConfig{}, *parts.store.people(), hasher, parts.authenticator, audit, parts.clock,
             parts.directory),
        passwords(std::make_unique<WorkQueue>(kPasswords)),
        access(desk, *passwords),
        directory_check(parts.directory, *parts.store.people(), *passwords),
        accounts(
            *parts.store.people(), desk, parts.authenticator, [this] { approvers.Forget(); },
            parts.clock),
        tokens(*parts.store.people(), parts.authenticator, parts.clock),
        trail(*parts.store.people()),
        work(std::make_unique<WorkQueue>(WorkQueueConfig{})),
        methods(*work, parts.authenticator, &audit),
        live(std::make_unique<ProgressWatch>(ProgressWatchConfig{}, parts.hub, progress,
                                             parts.authenticator, audit, *work)),
        recorder(PresenceRecorderConfig{.broker_id = parts.journal.broker_id()}, parts.store,
                 parts.hub, parts.clock),
        placer(PlacerConfig{}, parts.store, parts.enrolment ? &parts.enrolment->store : nullptr,
               parts.bus, parts.hub, parts.clock) {
    if (parts.directory) {
      directory_watch.emplace(parts.directory_watch, *parts.store.people(), *parts.directory,
                              parts.authenticator, audit, parts.clock);
    }
    states.Start();
  }

  AuditLog audit;
  Connections connections;
  EndpointStates states;
  ReachReader reach;
  PlaceHistory places;
  ExpectedReader expected;
  ProgressReader progress;
  Approvers approvers;
  AlertCommit commit;
  const AlertParts alerts;
  PreviewHandler preview;
  PublishHandler publish;
  ChangeHandler change;
  ApprovalHandler approval;
  AlertReader alert_reader;
  AcknowledgeHandler acknowledge;
  ReportHandler report;
  SettingsHandler settings;
  DirectoryWriter directory_writer;
  DirectoryHandler directory;
  PresenceReader presence;
  EndpointHandler endpoints;
  BackupHandler backup;
  EnrolmentHandler enrolment;
  IdentityHandler identity;
  CatalogueHandler catalogue;
  SystemHandler system;
  PasswordHasher hasher;
  SignInDesk desk;
  std::unique_ptr<WorkQueue> passwords;
  AccessHandler access;
  DirectoryCheck directory_check;
  AccountHandler accounts;
  TokenHandler tokens;
  AuditHandler trail;
  std::unique_ptr<WorkQueue> work;
  MethodTable methods;
  std::unique_ptr<ProgressWatch> live;
  PresenceRecorder recorder;
  Placer placer;
  std::optional<DirectoryWatch> directory_watch;
};

Api::Api(const ApiParts& parts) : handlers_(std::make_unique<Handlers>(parts)) {
  Handlers& h = *handlers_;
  MethodTable& methods = h.methods;
  // Every unary method of the contract and its rule; a test holds this list against the service
  // definitions.
  methods.Add("wardcast.v1.AdminService/Backup", Bind(h.backup, &BackupHandler::Backup));
  methods.Add("wardcast.v1.AccessService/WhoAmI", Bind(h.access, &AccessHandler::WhoAmI),
              Where::kHere);
  methods.AddAsync<v1::SignInRequest, v1::SignInResponse>(
      "wardcast.v1.AccessService/SignIn",
      [&h](const auto& context, const auto& request, auto done) {
        h.access.SignIn(context, request, std::move(done));
      });
  methods.AddAsync<v1::SetPasswordRequest, v1::SetPasswordResponse>(
      "wardcast.v1.AccessService/SetPassword",
      [&h](const auto& context, const auto& request, auto done) {
        h.access.SetPassword(context, request, std::move(done));
      });
  methods.AddAsync<v1::ConfirmRequest, v1::ConfirmResponse>(
      "wardcast.v1.AccessService/Confirm",
      [&h](const auto& context, const auto& request, auto done) {
        h.access.Confirm(context, request, std::move(done));
      });
  methods.AddAsync<v1::CheckDirectoryRequest, v1::CheckDirectoryResponse>(
      "wardcast.v1.AdminService/CheckDirectory",
      [&h](const auto& context, const auto& request, auto done) {
        h.directory_check.CheckDirectory(context, request, std::move(done));
      });
  methods.Add("wardcast.v1.AccessService/SignOut", Bind(h.access, &AccessHandler::SignOut));
  methods.Add("wardcast.v1.AccessService/BeginTotp", Bind(h.access, &AccessHandler::BeginTotp));
  methods.Add("wardcast.v1.AccessService/ConfirmTotp", Bind(h.access, &AccessHandler::ConfirmTotp));
  methods.Add("wardcast.v1.AccessService/ListRoleSets",
              Bind(h.accounts, &AccountHandler::ListRoleSets));
  methods.Add("wardcast.v1.AccessService/ListAccounts",
              Bind(h.accounts, &AccountHandler::ListAccounts));
  methods.Add("wardcast.v1.AccessService/UpsertAccount",
              Bind(h.accounts, &AccountHandler::UpsertAccount));
  methods.Add("wardcast.v1.AccessService/RemoveAccount",
              Bind(h.accounts, &AccountHandler::RemoveAccount));
  methods.Add("wardcast.v1.AccessService/MakePasswordLink",
              Bind(h.accounts, &AccountHandler::MakePasswordLink));
  methods.Add("wardcast.v1.AccessService/ListSessions",
              Bind(h.accounts, &AccountHandler::ListSessions));
  methods.Add("wardcast.v1.AccessService/EndSession",
              Bind(h.accounts, &AccountHandler::EndSession));
  methods.Add("wardcast.v1.AccessService/ListTokens", Bind(h.tokens, &TokenHandler::ListTokens));
  methods.Add("wardcast.v1.AccessService/CreateToken", Bind(h.tokens, &TokenHandler::CreateToken));
  methods.Add("wardcast.v1.AccessService/RevokeToken", Bind(h.tokens, &TokenHandler::RevokeToken));
  methods.Add("wardcast.v1.AuditService/ListEvents", Bind(h.trail, &AuditHandler::ListEvents));
  methods.Add("wardcast.v1.AdminService/CreateEnrollToken",
              Bind(h.enrolment, &EnrolmentHandler::CreateEnrollToken));
  methods.Add("wardcast.v1.AdminService/ListEnrollTokens",
              Bind(h.enrolment, &EnrolmentHandler::ListEnrollTokens));
  methods.Add("wardcast.v1.AdminService/RevokeEnrollToken",
              Bind(h.enrolment, &EnrolmentHandler::RevokeEnrollToken));
  methods.Add("wardcast.v1.AdminService/ListCertificates",
              Bind(h.enrolment, &EnrolmentHandler::ListCertificates));
  methods.Add("wardcast.v1.AdminService/RevokeCertificate",
              Bind(h.enrolment, &EnrolmentHandler::RevokeCertificate));
  methods.Add("wardcast.v1.AdminService/ExportIdentity",
              Bind(h.identity, &IdentityHandler::ExportIdentity));
  methods.Add("wardcast.v1.EndpointService/Enroll", Bind(h.enrolment, &EnrolmentHandler::Enroll));
  methods.Add("wardcast.v1.EndpointService/Renew", Bind(h.enrolment, &EnrolmentHandler::Renew));
  methods.Add("wardcast.v1.EndpointService/EnrollBrowser",
              Bind(h.enrolment, &EnrolmentHandler::EnrollBrowser));
  methods.Add("wardcast.v1.AlertService/PreviewAudience",
              Bind(h.preview, &PreviewHandler::PreviewAudience));
  methods.Add("wardcast.v1.AlertService/PublishAlert",
              Bind(h.publish, &PublishHandler::PublishAlert));
  methods.Add("wardcast.v1.AlertService/UpdateAlert", Bind(h.change, &ChangeHandler::UpdateAlert));
  methods.Add("wardcast.v1.AlertService/PostponeAlert",
              Bind(h.change, &ChangeHandler::PostponeAlert));
  methods.Add("wardcast.v1.AlertService/ApproveAlert",
              Bind(h.approval, &ApprovalHandler::ApproveAlert));
  methods.Add("wardcast.v1.AlertService/RejectAlert",
              Bind(h.approval, &ApprovalHandler::RejectAlert));
  methods.Add("wardcast.v1.AlertService/EndAlert", Bind(h.change, &ChangeHandler::EndAlert));
  methods.Add("wardcast.v1.AlertService/RecallAlert", Bind(h.change, &ChangeHandler::RecallAlert));
  methods.AddAsync<v1::AcknowledgeAlertRequest, v1::AcknowledgeAlertResponse>(
      "wardcast.v1.AlertService/AcknowledgeAlert",
      [&h](const auto& context, const auto& request, auto done) {
        h.acknowledge.AcknowledgeAlert(context, request, std::move(done));
      });
  methods.Add("wardcast.v1.AlertService/GetAlert", Bind(h.alert_reader, &AlertReader::GetAlert));
  methods.Add("wardcast.v1.AlertService/ListAlerts",
              Bind(h.alert_reader, &AlertReader::ListAlerts));
  methods.Add("wardcast.v1.AlertService/GetProgress",
              Bind(h.alert_reader, &AlertReader::GetProgress));
  methods.Add("wardcast.v1.AlertService/GetTimeline",
              Bind(h.alert_reader, &AlertReader::GetTimeline));
  methods.Add("wardcast.v1.AlertService/ListUnreached",
              Bind(h.endpoints, &EndpointHandler::ListUnreached));
  methods.Add("wardcast.v1.CatalogueService/ListTeams",
              Bind(h.catalogue, &CatalogueHandler::ListTeams));
  methods.Add("wardcast.v1.CatalogueService/ListServices",
              Bind(h.catalogue, &CatalogueHandler::ListServices));
  methods.Add("wardcast.v1.CatalogueService/ListTemplates",
              Bind(h.catalogue, &CatalogueHandler::ListTemplates));
  methods.Add("wardcast.v1.CatalogueService/ListProcedures",
              Bind(h.catalogue, &CatalogueHandler::ListProcedures));
  methods.Add("wardcast.v1.CatalogueService/ProposeImpact",
              Bind(h.catalogue, &CatalogueHandler::ProposeImpact));
  methods.Add("wardcast.v1.CatalogueService/UpsertCatalogue",
              Bind(h.catalogue, &CatalogueHandler::UpsertCatalogue));
  methods.Add("wardcast.v1.CatalogueService/RemoveFromCatalogue",
              Bind(h.catalogue, &CatalogueHandler::RemoveFromCatalogue));
  methods.Add("wardcast.v1.CatalogueService/GetServiceStatus",
              Bind(h.catalogue, &CatalogueHandler::GetServiceStatus));
  methods.Add("wardcast.v1.DirectoryService/ListSites",
              Bind(h.directory, &DirectoryHandler::ListSites));
  methods.Add("wardcast.v1.DirectoryService/ListBuildings",
              Bind(h.directory, &DirectoryHandler::ListBuildings));
  methods.Add("wardcast.v1.DirectoryService/ListWards",
              Bind(h.directory, &DirectoryHandler::ListWards));
  methods.Add("wardcast.v1.DirectoryService/ListEndpoints",
              Bind(h.endpoints, &EndpointHandler::ListEndpoints));
  methods.Add("wardcast.v1.DirectoryService/ListPeople",
              Bind(h.directory, &DirectoryHandler::ListPeople));
  methods.Add("wardcast.v1.DirectoryService/ImportDirectory",
              Bind(h.directory, &DirectoryHandler::ImportDirectory));
  methods.Add("wardcast.v1.DirectoryService/UpsertDirectory",
              Bind(h.directory, &DirectoryHandler::UpsertDirectory));
  methods.Add("wardcast.v1.DirectoryService/RemoveFromDirectory",
              Bind(h.directory, &DirectoryHandler::RemoveFromDirectory));
  methods.Add("wardcast.v1.DirectoryService/ExportDirectory",
              Bind(h.directory, &DirectoryHandler::ExportDirectory));
  methods.AddAsync<v1::ReportRequest, v1::ReportResponse>(
      "wardcast.v1.EndpointService/Report",
      [&h](const auto& context, const auto& request, auto done) {
        h.report.Report(context, request, std::move(done));
      });
  methods.Add("wardcast.v1.EndpointService/GetSettings",
              Bind(h.settings, &SettingsHandler::GetSettings), Where::kHere);
  methods.Add("wardcast.v1.EndpointService/GetProcedures",
              Bind(h.settings, &SettingsHandler::GetProcedures), Where::kHere);
  methods.Add("wardcast.v1.SystemService/GetHealth", Bind(h.system, &SystemHandler::GetHealth),
              Where::kHere);
  methods.Add("wardcast.v1.SystemService/GetVersion", Bind(h.system, &SystemHandler::GetVersion),
              Where::kHere);
}

Api::~Api() { Stop(); }

MethodTable& Api::methods() { return handlers_->methods; }
ProgressWatch& Api::live() { return *handlers_->live; }
WorkQueue& Api::work() { return *handlers_->work; }
void Api::BringShippedCatalogue() { handlers_->directory_writer.BringShipped(); }
AlertCommit& Api::commit() { return handlers_->commit; }
SignInDesk& Api::desk() { return handlers_->desk; }
AuditLog& Api::audit() { return handlers_->audit; }

void Api::Stop() {
  handlers_->live->Drain();
  handlers_->placer.Stop();
  handlers_->passwords->Stop(kLastWork);
  handlers_->work->Stop(kLastWork);
  handlers_->states.Stop();
  handlers_->audit.Stop();
  handlers_->recorder.Stop();
  if (handlers_->directory_watch) handlers_->directory_watch->Stop();
}

}  // namespace wardcast
