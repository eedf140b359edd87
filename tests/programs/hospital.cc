#include "tests/programs/hospital.h"

#include <signal.h>

#include <cstdlib>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <thread>
#include <utility>

#include "base/clock.h"
#include "base/ulid.h"
#include "wardcast/v1/alert_service.grpc.pb.h"
#include "wardcast/v1/directory_service.grpc.pb.h"
#include "wardcast/v1/system_service.grpc.pb.h"

namespace wardcast::testing {
namespace {

namespace fs = std::filesystem;

std::string Program(const std::string& name) {
  const char* bin = std::getenv("WARDCAST_BIN");
  return std::string(bin != nullptr ? bin : WARDCAST_BUILD_BIN) + "/" + name;
}

std::string Text(const fs::path& file) {
  std::ifstream stream(file);
  std::stringstream text;
  text << stream.rdbuf();
  return text.str();
}

// The value of `"name":` in one line of JSON that our own programs wrote; without quotes.
std::string Value(const std::string& json, const std::string& name) {
  const std::string key = "\"" + name + "\":";
  auto at = json.find(key);
  if (at == std::string::npos) return "";
  at += key.size();
  while (at < json.size() && json[at] == ' ') ++at;
  const bool quoted = json[at] == '"';
  if (quoted) ++at;
  return json.substr(at, json.find_first_of(quoted ? "\"" : ",}", at) - at);
}

}  // namespace

bool Eventually(const std::function<bool()>& holds, std::chrono::milliseconds limit) {
  const auto deadline = std::chrono::steady_clock::now() + limit;
  while (!holds()) {
    if (std::chrono::steady_clock::now() > deadline) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  return true;
}

Hospital::Hospital(int load, std::vector<std::string> environment)
    : load_(load), environment_(std::move(environment)) {
  StartBroker();
  Import(load);
}

void Hospital::StartBroker() {
  fs::remove(folder() / "broker" / "listening.json");
  std::vector<std::string> arguments{"env"};  // replaced by the broker
  arguments.insert(arguments.end(), environment_.begin(), environment_.end());
  arguments.insert(arguments.end(), broker_environment_.begin(), broker_environment_.end());
  for (const std::string& argument :
       {Program("wardcastd"), std::string("--data-dir"), (folder() / "broker").string(),
        std::string("--grpc-listen"), grpc_, std::string("--http-listen"),
        std::string("127.0.0.1:0"), std::string("--insecure-loopback")}) {
    arguments.push_back(argument);
  }
  broker_ = std::make_unique<ChildProcess>(arguments, folder() / "broker.log");
  WaitUntilReady();
}

void Hospital::WaitUntilReady() {
  const fs::path listening = folder() / "broker" / "listening.json";
  const bool ready = Eventually([&] {
    if (!broker_->Running()) throw std::runtime_error("the broker ended: " + Log("broker"));
    return !Value(Text(listening), "grpc").empty();
  });
  if (!ready) throw std::runtime_error("the broker is not ready: " + Log("broker"));
  grpc_ = Value(Text(listening), "grpc");
  token_ = Text(folder() / "broker" / "admin.token");
  while (!token_.empty() && token_.back() == '\n') token_.pop_back();
  grpc::ChannelArguments arguments;
  arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
  channel_ = grpc::CreateCustomChannel(grpc_, grpc::InsecureChannelCredentials(), arguments);
}

void Hospital::KillBroker() {
  broker_->Signal(SIGKILL);
  broker_->Wait(std::chrono::seconds(10));
}

bool Hospital::StopBroker() {
  broker_->Signal(SIGTERM);
  return broker_->Wait(std::chrono::seconds(60)) == 0;
}

int Hospital::Run(const std::string& name, const std::vector<std::string>& arguments) {
  std::vector<std::string> command{"env", "WARDCAST_INSECURE_LOOPBACK=1"};
  command.insert(command.end(), environment_.begin(), environment_.end());
  command.push_back(Program(name));
  command.insert(command.end(), arguments.begin(), arguments.end());
  return RunProgram(command, folder() / (name + ".log"), std::chrono::seconds(60));
}

void Hospital::Prepare(grpc::ClientContext& context, std::chrono::seconds deadline) const {
  context.AddMetadata("authorization", "Bearer " + token_);
  context.set_deadline(std::chrono::system_clock::now() + deadline);
}

void Hospital::Import(int load) {
  v1::ImportDirectoryRequest request;
  const auto add = [&](const std::string& name, const std::string& content) {
    v1::ImportFile* file = request.add_files();
    file->set_name(name);
    file->set_content(content);
  };
  add("sites.csv",
      "id,name,zone,phone,phone_fallback,emergency_phone\n"
      "main,Main campus,America/Denver,5555,radio 3,911\n");
  add("buildings.csv", "id,name,site\nmain-a,Building A,main\n");
  const std::string ward_columns =
      "id,name,building,type,floor,walking_order,phones,radio_channel,downtime_pc,binder,"
      "shift_starts,opening_hours,services\n";
  add("wards.csv", ward_columns +
                       "4w,4 West,main-a,inpatient,4,1,5104,,,,,,lab-results\n"
                       "icu,ICU,main-a,icu,3,2,5103,,,,,,lab-results\n"
                       "load,Load,main-a,inpatient,1,3,5101,,,,,,lab-results\n");
  std::string endpoints = "id,name,ward,class,tags\n";
  for (const std::string ward : {"4w", "icu"}) {
    for (const std::string number : {"01", "02", "03"}) {
      endpoints +=
          ward + "-pc-" + number + "," + ward + " PC " + number + "," + ward + ",STANDARD,\n";
    }
  }
  for (int i = 1; i <= load; ++i) {
    const std::string id = "load-" + std::to_string(i);
    endpoints += id + "," + id + ",load,STANDARD,\n";
  }
  add("endpoints.csv", endpoints);
  add("teams.csv", "id,name,phone\nclinical,Clinical applications,5001\n");
  add("services.csv", "id,name,team,depends_on\nlab-results,Orders and results (lab),clinical,\n");
  grpc::ClientContext context;
  Prepare(context, std::chrono::seconds(20));
  v1::ImportDirectoryResponse response;
  const auto status =
      v1::DirectoryService::NewStub(channel_)->ImportDirectory(&context, request, &response);
  if (!status.ok()) throw std::runtime_error("import: " + status.error_message());
}

std::unique_ptr<ChildProcess> Hospital::StartAgent(const std::string& id,
                                                   const std::vector<std::string>& extra) {
  return StartAgentWith({}, id, extra);
}

std::unique_ptr<ChildProcess> Hospital::StartAgentWith(const std::vector<std::string>& environment,
                                                       const std::string& id,
                                                       const std::vector<std::string>& extra) {
  std::vector<std::string> arguments{"env"};  // replaced by the agent: the process is the agent's
  arguments.insert(arguments.end(), environment_.begin(), environment_.end());
  arguments.insert(arguments.end(), environment.begin(), environment.end());
  const std::vector<std::string> usual{Program("wardcast-agent"),
                                       "--headless",
                                       "--headless-displays",
                                       "--broker",
                                       grpc_,
                                       "--endpoint",
                                       id,
                                       "--data-dir",
                                       folder() / id,
                                       "--signing-key",
                                       folder() / "broker" / "signing.pub",
                                       "--ledger",
                                       folder() / (id + ".jsonl")};
  arguments.insert(arguments.end(), usual.begin(), usual.end());
  arguments.insert(arguments.end(), extra.begin(), extra.end());
  return std::make_unique<ChildProcess>(arguments, folder() / (id + ".log"));
}

std::unique_ptr<ChildProcess> Hospital::StartLoad() {
  return std::make_unique<ChildProcess>(
      std::vector<std::string>{Program("wardcast-endpoints"), "--broker", grpc_, "--count",
                               std::to_string(load_), "--ledger", folder() / "load.jsonl",
                               "--spread", "0", "--longest-wait", "2"},
      folder() / "load.log");
}

Result<std::string> Hospital::Publish(const std::string& headline) {
  v1::PublishAlertRequest request;
  request.set_request_id(NewUlid(SystemClock().Now()));
  v1::Alert& alert = *request.mutable_alert();
  alert.set_kind(v1::Kind::OUTAGE);
  alert.set_severity(v1::Severity::SEVERE);
  alert.set_headline(headline);
  alert.add_services("lab-results");
  alert.mutable_audience()->set_everyone(true);
  grpc::ClientContext context;
  Prepare(context, std::chrono::seconds(10));
  v1::PublishAlertResponse response;
  const auto status =
      v1::AlertService::NewStub(channel_)->PublishAlert(&context, request, &response);
  if (!status.ok()) return Fail(Code::kUnavailable, status.error_message());
  return response.alert().id();
}

Result<void> Hospital::End(const std::string& alert_id) {
  v1::EndAlertRequest request;
  request.set_request_id(NewUlid(SystemClock().Now()));
  request.set_alert_id(alert_id);
  request.set_all_clear(true);
  grpc::ClientContext context;
  Prepare(context, std::chrono::seconds(10));
  v1::EndAlertResponse response;
  const auto status = v1::AlertService::NewStub(channel_)->EndAlert(&context, request, &response);
  if (!status.ok()) return Fail(Code::kUnavailable, status.error_message());
  return {};
}

v1::GetHealthResponse Hospital::Health() {
  grpc::ClientContext context;
  Prepare(context, std::chrono::seconds(10));
  v1::GetHealthResponse response;
  const auto status =
      v1::SystemService::NewStub(channel_)->GetHealth(&context, v1::GetHealthRequest(), &response);
  if (!status.ok()) throw std::runtime_error("health: " + status.error_message());
  return response;
}

v1::GetVersionResponse Hospital::Version() {
  grpc::ClientContext context;
  Prepare(context, std::chrono::seconds(10));
  v1::GetVersionResponse response;
  const auto status = v1::SystemService::NewStub(channel_)->GetVersion(
      &context, v1::GetVersionRequest(), &response);
  if (!status.ok()) throw std::runtime_error("version: " + status.error_message());
  return response;
}

v1::AlertProgress Hospital::Progress(const std::string& alert_id) {
  v1::GetProgressRequest request;
  request.set_alert_id(alert_id);
  grpc::ClientContext context;
  Prepare(context, std::chrono::seconds(10));
  v1::GetProgressResponse response;
  const auto status =
      v1::AlertService::NewStub(channel_)->GetProgress(&context, request, &response);
  if (!status.ok()) throw std::runtime_error("progress: " + status.error_message());
  return response.progress();
}

std::vector<LedgerLine> Hospital::Ledger(const std::string& name) const {
  std::vector<LedgerLine> lines;
  std::ifstream file(folder() / (name + ".jsonl"));
  for (std::string text; std::getline(file, text) && text.ends_with('}');) {
    const std::string state = Value(text, "state");
    lines.push_back({.event = Value(text, "event"),
                     .endpoint = Value(text, "endpoint"),
                     .alert = Value(text, "alert"),
                     .version = std::atoll(Value(text, "version").c_str()),
                     .round = std::atoi(Value(text, "round").c_str()),
                     .state = state.empty() ? Value(text, "detail") : state,
                     .ms = std::atoll(Value(text, "ms").c_str())});
  }
  return lines;
}

std::string Hospital::Log(const std::string& name) const {
  return Text(folder() / (name + ".log"));
}

}  // namespace wardcast::testing
