#include "agent/cli/session.h"

#include <google/protobuf/any.pb.h>
#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/wire_format_lite.h>
#include <grpcpp/create_channel.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <optional>
#include <utility>
#include <vector>

#include "agent/cli/ask.h"
#include "agent/cli/print.h"
#include "agent/link/credentials.h"
#include "base/file.h"
#include "wardcast/v1/access_service.grpc.pb.h"
#include "wardcast/v1/errors.pb.h"

namespace wardcast::cli {
namespace {

using google::protobuf::internal::WireFormatLite;

std::string DefaultTokenFile() { return DefaultDataDir() + "/admin.token"; }

std::string FindToken(const Options& options) {
  if (!options.token.empty()) return options.token;
  const auto first_line = [](const std::string& file) {
    auto content = ReadFile(file, 4096);
    return content ? content->substr(0, content->find_first_of("\r\n")) : std::string();
  };
  if (!options.token_file.empty()) return first_line(options.token_file);
  std::string session = first_line(SessionFile());
  return session.empty() ? first_line(DefaultTokenFile()) : session;
}

// The file to trust; empty: none.
std::string FindAuthority(const Options& options) {
  if (options.insecure_loopback) return {};
  if (!options.ca_file.empty()) return options.ca_file;
  namespace fs = std::filesystem;
  const fs::path folder = options.token_file.empty() ? fs::path(DefaultDataDir())
                                                     : fs::path(options.token_file).parent_path();
  const fs::path own = folder / "tls" / "ca.pem";
  std::error_code ignored;
  return fs::exists(own, ignored) ? own.string() : std::string();
}

// What a serialised google.rpc.Status tells beside its words (field 3, each an Any).
struct Details {
  std::vector<v1::FieldViolation> violations;
  bool confirm = false;  // the remedy is to prove once more who it is
};

Details ParseDetails(const std::string& bytes) {
  Details details;
  google::protobuf::io::CodedInputStream in(reinterpret_cast<const std::uint8_t*>(bytes.data()),
                                            static_cast<int>(bytes.size()));
  while (const std::uint32_t tag = in.ReadTag()) {
    if (WireFormatLite::GetTagFieldNumber(tag) != 3) {
      if (!WireFormatLite::SkipField(&in, tag)) break;
      continue;
    }
    std::string detail;
    if (!WireFormatLite::ReadBytes(&in, &detail)) break;
    google::protobuf::Any any;
    if (!any.ParseFromString(detail)) continue;
    v1::FieldViolation violation;
    v1::Remedy remedy;
    if (any.UnpackTo(&violation)) {
      details.violations.push_back(std::move(violation));
    } else if (any.UnpackTo(&remedy)) {
      details.confirm = remedy.value() == v1::Remedy::CONFIRM;
    }
  }
  return details;
}

// Says that it was the broker that answered UNAVAILABLE, not the network in its place.
bool SaysWhenToTryAgain(const grpc::ClientContext& context) {
  return context.GetServerTrailingMetadata().contains("grpc-retry-pushback-ms");
}

bool IsCode(const std::string& typed) {
  return typed.size() == 6 && typed.find_first_not_of("0123456789") == std::string::npos;
}

}  // namespace

std::string SessionFile() {
  if (const char* config = std::getenv("XDG_STATE_HOME"); config && *config)
    return std::string(config) + "/wardcast-cli/session";
  const char* home = std::getenv("HOME");
  return std::string(home ? home : ".") + "/.local/state/wardcast-cli/session";
}

Result<void> MakePrivateFolder(const std::string& file) {
  namespace fs = std::filesystem;
  const fs::path folder = fs::path(file).parent_path();
  std::error_code error;
  fs::create_directories(folder, error);
  if (!error) fs::permissions(folder, fs::perms::owner_all, error);
  if (error)
    return Fail(Code::kUnavailable, folder.string() + " cannot be made: " + error.message());
  return {};
}

std::string DefaultDataDir() {
  if (geteuid() == 0) return "/var/lib/wardcast";
  if (const char* state = std::getenv("XDG_STATE_HOME"); state && *state)
    return std::string(state) + "/wardcast";
  const char* home = std::getenv("HOME");
  return std::string(home ? home : ".") + "/.local/state/wardcast";
}

Session::Session(Options options)
    : options_(std::move(options)),
      token_(FindToken(options_)),
      ca_file_(FindAuthority(options_)) {}

bool Session::Connect() {
  constexpr std::size_t kLargestAuthority = 256 * 1024;
  std::optional<agent::ClientTls> tls;
  if (!ca_file_.empty()) {
    auto authority = ReadFile(ca_file_, kLargestAuthority);
    if (!authority) {
      exit_code_ = kUsage;
      std::fprintf(stderr, "wardcast: the broker's authority cannot be read: %s\n",
                   Printable(authority.error().message).c_str());
      return false;
    }
    tls = {.authority = std::move(*authority)};
  } else if (!agent::IsLoopbackBroker(options_.broker)) {
    exit_code_ = kUsage;
    std::fprintf(stderr,
                 "wardcast: %s is another machine, and nothing says which authority to trust "
                 "there.\nCopy tls/ca.pem from the broker's data folder and name it with --ca FILE "
                 "or WARDCAST_CA.\n",
                 Printable(options_.broker).c_str());
    return false;
  }
  grpc::ChannelArguments arguments;
  arguments.SetInt(GRPC_ARG_HTTP2_BDP_PROBE, 0);
  arguments.SetMaxReceiveMessageSize(64 << 20);
  channel_ = grpc::CreateCustomChannel(options_.broker, agent::CredentialsOf(tls), arguments);
  return true;
}

void Session::Prepare(grpc::ClientContext& context, bool unary) const {
  if (!token_.empty()) context.AddMetadata("authorization", "Bearer " + token_);
  if (unary)
    context.set_deadline(std::chrono::system_clock::now() +
                         std::chrono::seconds(options_.timeout_s));
}

bool Session::Call(const std::function<grpc::Status(grpc::ClientContext*)>& call) {
  for (bool confirmed = false;; confirmed = true) {
    grpc::ClientContext context;
    Prepare(context, true);
    const grpc::Status status = call(&context);
    if (status.ok()) return true;
    const bool ask = status.error_code() == grpc::StatusCode::FAILED_PRECONDITION &&
                     ParseDetails(status.error_details()).confirm;
    if (ask && !confirmed && AtTerminal()) {
      if (!ConfirmAtTerminal()) return false;
      continue;
    }
    ExplainCall(status, context);
    return false;
  }
}

bool Session::CallWithout(const std::function<grpc::Status(grpc::ClientContext*)>& call) {
  grpc::ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(options_.timeout_s));
  const grpc::Status status = call(&context);
  if (status.ok()) return true;
  ExplainCall(status, context);
  return false;
}

bool Session::Confirm(const v1::ConfirmRequest& request, v1::ConfirmResponse* response) {
  grpc::ClientContext context;
  Prepare(context, true);
  const grpc::Status status =
      v1::AccessService::NewStub(channel_)->Confirm(&context, request, response);
  if (status.ok()) return true;
  if (status.error_code() == grpc::StatusCode::UNAUTHENTICATED) {
    Print(status, kUnauthenticated);
  } else {
    ExplainCall(status, context);
  }
  return false;
}

bool Session::ConfirmAtTerminal() {
  constexpr int kTries = 3;
  std::fprintf(stderr, "This step asks once more who you are.\n");
  for (int i = 0; i < kTries; ++i) {
    const std::string typed = AskHidden("Password, or code of your authenticator");
    v1::ConfirmRequest request;
    if (IsCode(typed)) {
      request.set_code(typed);
    } else {
      request.set_password(typed);
    }
    v1::ConfirmResponse response;
    if (Confirm(request, &response)) return true;
    // While the directory is down a code still does.
    if (exit_code_ != kUnauthenticated && exit_code_ != kUnreachable) return false;
  }
  return false;
}

void Session::Print(const grpc::Status& status, ExitCode code) {
  exit_code_ = code;
  std::fprintf(stderr, "wardcast: %s\n", Printable(status.error_message()).c_str());
}

void Session::ExplainCall(const grpc::Status& status, const grpc::ClientContext& context) {
  if (status.error_code() == grpc::StatusCode::UNAVAILABLE && SaysWhenToTryAgain(context))
    return Print(status, kUnreachable);
  Explain(status);
}

void Session::Explain(const grpc::Status& status) {
  switch (status.error_code()) {
    case grpc::StatusCode::UNAVAILABLE:
    case grpc::StatusCode::DEADLINE_EXCEEDED:
      exit_code_ = kUnreachable;
      std::fprintf(stderr,
                   "wardcast: no answer from the broker at %s (%s).\n"
                   "Is wardcastd running there? Name another one with --broker HOST:PORT or "
                   "WARDCAST_BROKER. It was asked %s%s. Trying again is safe.\n",
                   options_.broker.c_str(), Printable(status.error_message()).c_str(),
                   ca_file_.empty() ? "in plain text, which only one with insecure_loopback "
                                      "answers; else give --ca FILE, its tls/ca.pem"
                                    : "by TLS, trusting ",
                   Printable(ca_file_).c_str());
      return;
    case grpc::StatusCode::UNAUTHENTICATED:
      exit_code_ = kUnauthenticated;
      std::fprintf(
          stderr,
          "wardcast: %s\nSign in with `wardcast sign-in ACCOUNT`, or set WARDCAST_TOKEN, or name a "
          "file with --token-file.\n",
          Printable(status.error_message()).c_str());
      return;
    case grpc::StatusCode::ABORTED:
      return Print(status, kChanged);
    default:
      break;
  }
  exit_code_ = kRefused;
  const std::vector<v1::FieldViolation> violations =
      ParseDetails(status.error_details()).violations;
  if (violations.empty()) return Print(status, kRefused);
  std::fprintf(stderr, "wardcast: the broker refused this, and nothing was changed:\n");
  for (const v1::FieldViolation& violation : violations) {
    std::fprintf(stderr, "  %s: %s\n", Printable(violation.field()).c_str(),
                 Printable(violation.description()).c_str());
  }
  const bool twice = std::ranges::any_of(violations, [](const v1::FieldViolation& violation) {
    return violation.field().ends_with(".local") &&
           violation.description().find("second_time") != std::string::npos;
  });
  if (twice) std::fprintf(stderr, "Here: write first or second behind that time.\n");
}

}  // namespace wardcast::cli
