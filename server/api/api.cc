#include "server/api/api.h"

#include <chrono>
#include <utility>

#include "server/api/acknowledge_handler.h"
#include "server/api/alert_reader.h"
#include "server/api/catalogue_handler.h"
#include "server/api/directory_handler.h"
#include "server/api/figures/expected_reader.h"
#include "server/api/figures/place_history.h"
#include "server/api/figures/reach.h"
#include "server/api/presence/endpoint_handler.h"
#include "server/api/presence/presence_reader.h"
#include "server/api/presence/presence_recorder.h"
#include "server/api/report_handler.h"
#include "server/api/settings_handler.h"
#include "wardcast/v1/access_service.pb.h"

namespace wardcast {
namespace {

// What is queued when the broker stops has so long to be answered.
constexpr std::chrono::seconds kLastWork{2};

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
      : reach(parts.store, parts.hub, parts.clock),
        places(parts.store, parts.clock),
        expected(parts.store, places),
        progress(parts.store, parts.hub, expected, parts.clock),
        alert_handler(parts.store, parts.bus, parts.hub, reach, parts.signing_key, parts.clock),
        alert_reader(parts.store, progress),
        acknowledge(parts.store, parts.journal, parts.clock),
        report(parts.store, parts.hub, parts.journal, places, parts.clock),
        settings(parts.hub, parts.clock),
        directory(parts.store, parts.bus, parts.hub, parts.clock),
        presence(parts.store, parts.hub, parts.journal.broker_id(), parts.clock),
        endpoints(parts.store, parts.hub, expected, presence, parts.clock),
        backup(parts.backups, parts.store, parts.clock),
        catalogue(parts.hub),
        system(parts.health, parts.hub, parts.store, parts.clock, parts.version),
        work(std::make_unique<WorkQueue>(WorkQueueConfig{})),
        methods(*work, parts.authenticator),
        live(std::make_unique<ProgressWatch>(ProgressWatchConfig{}, parts.hub, progress,
                                             parts.authenticator, *work)),
        recorder(PresenceRecorderConfig{.broker_id = parts.journal.broker_id()}, parts.store,
                 parts.hub, parts.clock) {}

  ReachReader reach;
  PlaceHistory places;
  ExpectedReader expected;
  ProgressReader progress;
  AlertHandler alert_handler;
  AlertReader alert_reader;
  AcknowledgeHandler acknowledge;
  ReportHandler report;
  SettingsHandler settings;
  DirectoryHandler directory;
  PresenceReader presence;
  EndpointHandler endpoints;
  BackupHandler backup;
  CatalogueHandler catalogue;
  SystemHandler system;
  std::unique_ptr<WorkQueue> work;
  MethodTable methods;
  std::unique_ptr<ProgressWatch> live;
  PresenceRecorder recorder;
};

Api::Api(const ApiParts& parts) : handlers_(std::make_unique<Handlers>(parts)) {
  Handlers& h = *handlers_;
  MethodTable& methods = h.methods;
  // Every unary method of the contract and its rule; a test holds this list against the service
  // definitions.
  methods.Add("wardcast.v1.AdminService/Backup", Rule::kLocal,
              Bind(h.backup, &BackupHandler::Backup));
  methods.Add<v1::WhoAmIRequest, v1::WhoAmIResponse>(
      "wardcast.v1.AccessService/WhoAmI", Rule::kToken,
      [](const CallContext& context, const v1::WhoAmIRequest&) -> Result<v1::WhoAmIResponse> {
        v1::WhoAmIResponse response;
        response.set_caller(context.caller);
        return response;
      },
      Where::kHere);
  methods.Add("wardcast.v1.AlertService/PreviewAudience", Rule::kToken,
              Bind(h.alert_handler, &AlertHandler::PreviewAudience));
  methods.Add("wardcast.v1.AlertService/PublishAlert", Rule::kToken,
              Bind(h.alert_handler, &AlertHandler::PublishAlert));
  methods.Add("wardcast.v1.AlertService/UpdateAlert", Rule::kToken,
              Bind(h.alert_handler, &AlertHandler::UpdateAlert));
  methods.Add("wardcast.v1.AlertService/EndAlert", Rule::kToken,
              Bind(h.alert_handler, &AlertHandler::EndAlert));
  methods.Add("wardcast.v1.AlertService/RecallAlert", Rule::kToken,
              Bind(h.alert_handler, &AlertHandler::RecallAlert));
  methods.AddAsync<v1::AcknowledgeAlertRequest, v1::AcknowledgeAlertResponse>(
      "wardcast.v1.AlertService/AcknowledgeAlert", Rule::kToken,
      [&h](const auto& context, const auto& request, auto done) {
        h.acknowledge.AcknowledgeAlert(context, request, std::move(done));
      });
  methods.Add("wardcast.v1.AlertService/GetAlert", Rule::kToken,
              Bind(h.alert_reader, &AlertReader::GetAlert));
  methods.Add("wardcast.v1.AlertService/ListAlerts", Rule::kToken,
              Bind(h.alert_reader, &AlertReader::ListAlerts));
  methods.Add("wardcast.v1.AlertService/GetProgress", Rule::kToken,
              Bind(h.alert_reader, &AlertReader::GetProgress));
  methods.Add("wardcast.v1.AlertService/GetTimeline", Rule::kToken,
              Bind(h.alert_reader, &AlertReader::GetTimeline));
  methods.Add("wardcast.v1.AlertService/ListUnreached", Rule::kToken,
              Bind(h.endpoints, &EndpointHandler::ListUnreached));
  methods.Add("wardcast.v1.CatalogueService/ListTeams", Rule::kToken,
              Bind(h.catalogue, &CatalogueHandler::ListTeams));
  methods.Add("wardcast.v1.CatalogueService/ListServices", Rule::kToken,
              Bind(h.catalogue, &CatalogueHandler::ListServices));
  methods.Add("wardcast.v1.CatalogueService/ListTemplates", Rule::kToken,
              Bind(h.catalogue, &CatalogueHandler::ListTemplates));
  methods.Add("wardcast.v1.CatalogueService/ListProcedures", Rule::kToken,
              Bind(h.catalogue, &CatalogueHandler::ListProcedures));
  methods.Add("wardcast.v1.CatalogueService/GetServiceStatus", Rule::kOpen,
              Bind(h.catalogue, &CatalogueHandler::GetServiceStatus));
  methods.Add("wardcast.v1.DirectoryService/ListSites", Rule::kToken,
              Bind(h.directory, &DirectoryHandler::ListSites));
  methods.Add("wardcast.v1.DirectoryService/ListBuildings", Rule::kToken,
              Bind(h.directory, &DirectoryHandler::ListBuildings));
  methods.Add("wardcast.v1.DirectoryService/ListWards", Rule::kToken,
              Bind(h.directory, &DirectoryHandler::ListWards));
  methods.Add("wardcast.v1.DirectoryService/ListEndpoints", Rule::kToken,
              Bind(h.endpoints, &EndpointHandler::ListEndpoints));
  methods.Add("wardcast.v1.DirectoryService/ListPeople", Rule::kToken,
              Bind(h.directory, &DirectoryHandler::ListPeople));
  methods.Add("wardcast.v1.DirectoryService/ImportDirectory", Rule::kToken,
              Bind(h.directory, &DirectoryHandler::ImportDirectory));
  methods.AddAsync<v1::ReportRequest, v1::ReportResponse>(
      "wardcast.v1.EndpointService/Report", Rule::kOpen,
      [&h](const auto& context, const auto& request, auto done) {
        h.report.Report(context, request, std::move(done));
      });
  methods.Add("wardcast.v1.EndpointService/GetSettings", Rule::kOpen,
              Bind(h.settings, &SettingsHandler::GetSettings), Where::kHere);
  methods.Add("wardcast.v1.EndpointService/GetProcedures", Rule::kOpen,
              Bind(h.settings, &SettingsHandler::GetProcedures), Where::kHere);
  methods.Add("wardcast.v1.SystemService/GetHealth", Rule::kOpen,
              Bind(h.system, &SystemHandler::GetHealth), Where::kHere);
  methods.Add("wardcast.v1.SystemService/GetVersion", Rule::kOpen,
              Bind(h.system, &SystemHandler::GetVersion), Where::kHere);
}

Api::~Api() { Stop(); }

MethodTable& Api::methods() { return handlers_->methods; }
ProgressWatch& Api::live() { return *handlers_->live; }
WorkQueue& Api::work() { return *handlers_->work; }
AlertHandler& Api::alerts() { return handlers_->alert_handler; }

void Api::Stop() {
  handlers_->live->Drain();
  handlers_->work->Stop(kLastWork);
  handlers_->recorder.Stop();
}

}  // namespace wardcast
