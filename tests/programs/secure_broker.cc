#include "tests/programs/secure_broker.h"

#include <signal.h>

#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>
#include <stdexcept>
#include <thread>
#include <utility>

#include "wardcast/v1/system_service.grpc.pb.h"

namespace wardcast::testing {
namespace {

namespace fs = std::filesystem;

constexpr std::chrono::seconds kPatience{40};

std::string OurProgram(const std::string& name) {
  if (name != "wardcastd" && name != "wardcast" && name != "wardcast-agent") return name;
  const char* bin = std::getenv("WARDCAST_BIN");
  return std::string(bin != nullptr ? bin : WARDCAST_BUILD_BIN) + "/" + name;
}

// The port in "localhost:7443"; 0: none.
int PortIn(const std::string& address) {
  const auto colon = address.rfind(':');
  return colon == std::string::npos ? 0 : std::stoi(address.substr(colon + 1));
}

}  // namespace

bool ComesTrue(const std::function<bool()>& holds) {
  const auto until = std::chrono::steady_clock::now() + kPatience;
  while (!holds()) {
    if (std::chrono::steady_clock::now() > until) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  return true;
}

std::string TextOf(const fs::path& file) {
  std::ifstream stream(file);
  std::stringstream text;
  text << stream.rdbuf();
  return text.str();
}

SecureBroker::SecureBroker(std::vector<std::string> options, const std::optional<Identity>& joins)
    : options_(std::move(options)) {
  if (joins) {
    const Said joined =
        Run({"wardcastd", "--data-dir", folder(), "--join", joins->file}, joins->passphrase + "\n");
    if (joined.code != 0) throw std::runtime_error("the broker did not join: " + joined.text);
  }
  Start();
}

SecureBroker::~SecureBroker() = default;

std::vector<std::string> SecureBroker::Command(const std::vector<std::string>& options) const {
  std::vector<std::string> command{OurProgram("wardcastd"),
                                   "--data-dir",
                                   folder(),
                                   "--grpc-listen",
                                   "127.0.0.1:" + std::to_string(grpc_port_),
                                   "--http-listen",
                                   "127.0.0.1:" + std::to_string(http_port_)};
  command.insert(command.end(), options_.begin(), options_.end());
  command.insert(command.end(), options.begin(), options.end());
  return command;
}

void SecureBroker::Start() {
  const fs::path listening = folder() / "listening.json";
  fs::remove(listening);
  process_ = std::make_unique<ChildProcess>(Command({}), place() / "broker.log");
  nlohmann::json said;
  const bool ready = ComesTrue([&] {
    if (!process_->Running()) throw std::runtime_error("the broker ended: " + Log());
    said = nlohmann::json::parse(TextOf(listening), nullptr, false);
    return said.is_object();
  });
  if (!ready) throw std::runtime_error("the broker is not ready: " + Log());
  grpc_port_ = PortIn(said.value("grpc", ""));
  http_port_ = PortIn(said.value("http", ""));
}

void SecureBroker::Stop() {
  process_->Signal(SIGTERM);
  if (!process_->Wait(kPatience)) throw std::runtime_error("the broker does not stop: " + Log());
}

Said SecureBroker::StartAndFail(const std::vector<std::string>& options) {
  const fs::path log = place() / "refused.log";
  fs::remove(log);
  const int code = RunProgram(Command(options), log, kPatience);
  return {.code = code, .text = TextOf(log)};
}

std::string SecureBroker::Ca() const { return TextOf(folder() / "tls" / "ca.pem"); }
std::string SecureBroker::Log() const { return TextOf(place() / "broker.log"); }

std::shared_ptr<grpc::Channel> SecureBroker::Channel(const Shown& shown,
                                                     const std::string& authority) const {
  grpc::ChannelArguments arguments;
  arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
  return grpc::CreateCustomChannel(
      grpc(),
      grpc::SslCredentials({.pem_root_certs = authority.empty() ? Ca() : authority,
                            .pem_private_key = shown.key,
                            .pem_cert_chain = shown.certificate}),
      arguments);
}

std::string SecureBroker::AskVersion(const Shown& shown, const std::string& authority) const {
  grpc::ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(20));
  v1::GetVersionResponse response;
  const auto status = v1::SystemService::NewStub(Channel(shown, authority))
                          ->GetVersion(&context, v1::GetVersionRequest(), &response);
  switch (status.error_code()) {
    case grpc::StatusCode::OK:
      return "OK";
    case grpc::StatusCode::UNAVAILABLE:
      return "UNAVAILABLE";
    case grpc::StatusCode::PERMISSION_DENIED:
      return "PERMISSION_DENIED";
    case grpc::StatusCode::UNAUTHENTICATED:
      return "UNAUTHENTICATED";
    default:
      return status.error_message();
  }
}

Said SecureBroker::Run(std::vector<std::string> command, const std::string& input) const {
  const fs::path log = place() / "run.log";
  fs::remove(log);
  std::ofstream(place() / "input") << input;
  command.front() = OurProgram(command.front());
  std::vector<std::string> with_input{"sh", "-c", "exec \"$@\" <\"$0\"", place() / "input"};
  with_input.insert(with_input.end(), command.begin(), command.end());
  const int code = RunProgram(with_input, log, kPatience);
  return {.code = code, .text = TextOf(log)};
}

Said SecureBroker::Admin(std::vector<std::string> command) const {
  command.insert(command.begin(), {"wardcast", "admin"});
  command.insert(command.end(), {"--data-dir", folder()});
  return Run(command);
}

SecureBroker::Identity SecureBroker::ExportIdentity() const {
  const fs::path file = place() / "identity";
  const Said said = Admin({"export-identity", file});
  if (said.code != 0) throw std::runtime_error("no identity: " + said.text);
  // The passphrase is the last line of what was said.
  std::string passphrase = said.text.substr(0, said.text.find_last_not_of('\n') + 1);
  passphrase = passphrase.substr(passphrase.rfind('\n') + 1);
  return {.file = file, .passphrase = passphrase};
}

std::string SecureBroker::EnrolLine(const std::vector<std::string>& options) const {
  std::vector<std::string> command{"enroll-token", "--brokers", grpc()};
  command.insert(command.end(), options.begin(), options.end());
  const Said said = Admin(command);
  if (said.code != 0) throw std::runtime_error("no enrolment line: " + said.text);
  const auto begin = said.text.find("wardcast1.");
  return said.text.substr(begin, said.text.find('\n', begin) - begin);
}

Said SecureBroker::AskOpenssl(int port, const std::string& options) const {
  return Run(
      {"sh", "-c", "openssl s_client -connect 127.0.0.1:" + std::to_string(port) + " " + options});
}

}  // namespace wardcast::testing
