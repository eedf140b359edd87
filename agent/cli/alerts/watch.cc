#include <unistd.h>

#include <chrono>
#include <map>
#include <optional>
#include <random>

#include "agent/cli/command.h"
#include "agent/cli/print.h"
#include "base/backoff.h"
#include "base/file.h"
#include "base/mutex.h"
#include "base/proto_time.h"
#include "base/signature.h"
#include "base/ulid.h"
#include "wardcast/v1/endpoint_service.grpc.pb.h"

namespace wardcast::cli {
namespace {

struct WatchFlags {
  int count = 0;
  bool once = false;
  std::string signing_key;
};

// A subscription for terminals and scripts: never expected, never counted, holds nothing on disk.
class Watcher {
 public:
  Watcher(Session& session, const WatchFlags& flags) : session_(session), flags_(flags) {}

  int Run();

 private:
  // False: what came cannot be trusted or read.
  bool Take(const v1::SignedAlert& sealed);
  void Print(const v1::Alert& alert);
  bool enough() const { return flags_.count > 0 && printed_ >= flags_.count; }
  // Reads one stream to its end; true if it ever answered.
  bool ReadStream();

  Session& session_;
  const WatchFlags& flags_;
  std::optional<VerifyingKey> key_;
  std::map<std::string, v1::Known> known_;
  int printed_ = 0;
};

bool Watcher::Take(const v1::SignedAlert& sealed) {
  if (key_ && !key_->VerifyAlert(sealed.payload(), sealed.signature())) {
    std::fprintf(stderr, "wardcast: an alert whose signature does not verify was not shown\n");
    return false;
  }
  v1::Alert alert;
  if (!alert.ParseFromString(sealed.payload())) return false;
  v1::Known& known = known_[alert.id()];
  if (known.version() >= alert.version() && known.generation() >= alert.generation()) return true;
  known.set_alert_id(alert.id());
  known.set_log_id(alert.log_id());
  known.set_generation(alert.generation());
  known.set_version(alert.version());
  Print(alert);
  return true;
}

void Watcher::Print(const v1::Alert& alert) {
  ++printed_;
  if (session_.json()) return PrintJson(alert, true);
  std::printf("%s  %-8s %-10s %s%s\n", TimeText(alert.changed_at()).c_str(),
              SeverityWord(alert.severity()).c_str(), StateWord(alert).c_str(),
              alert.status() == v1::Status::EXERCISE ? "EXERCISE " : "",
              Printable(alert.headline()).c_str());
  std::fflush(stdout);
}

bool Watcher::ReadStream() {
  v1::SubscribeRequest request;
  v1::EndpointInfo& info = *request.mutable_endpoint();
  info.set_id("watch-" + std::to_string(getpid()));
  info.set_watcher(true);
  info.set_agent_version("wardcast");
  *info.mutable_clock() = ToTimestamp(SystemClock().Now());
  for (const auto& [id, known] : known_) *request.add_known() = known;
  grpc::ClientContext context;
  session_.Prepare(context, false);
  auto stub = v1::EndpointService::NewStub(session_.channel());
  const auto stream = stub->Subscribe(&context, request);
  v1::SubscribeResponse response;
  bool answered = false;
  while (stream->Read(&response)) {
    answered = true;
    for (const v1::SignedAlert& sealed : response.alerts()) {
      Take(sealed);
      if (enough()) break;
    }
    for (const v1::RemovedAlert& removed : response.removed()) known_.erase(removed.alert_id());
    if (enough() || (flags_.once && response.synced())) {
      context.TryCancel();
      return true;
    }
  }
  const grpc::Status status = stream->Finish();
  if (!enough()) session_.Explain(status);
  return answered;
}

int Watcher::Run() {
  if (!flags_.signing_key.empty()) {
    auto pem = ReadFile(flags_.signing_key, 4096);
    auto key =
        pem ? VerifyingKey::FromPem(*pem) : Result<VerifyingKey>(std::unexpected(pem.error()));
    if (!key) {
      std::fprintf(stderr, "wardcast: --signing-key: %s\n", Printable(key.error().message).c_str());
      return kUsage;
    }
    key_ = std::move(*key);
  }
  Backoff backoff(std::random_device{}());
  Mutex mu;
  CondVar never;
  for (;;) {
    const bool answered = ReadStream();
    if (enough() || flags_.once) return flags_.once && !answered ? session_.exit_code() : kOk;
    if (answered) backoff.Reset();
    if (!answered && session_.exit_code() != kUnreachable) return session_.exit_code();
    const auto wait = backoff.Next();
    std::fprintf(stderr, "wardcast: trying again in %.1f s\n",
                 static_cast<double>(wait.count()) / 1000);
    const MutexLock lock(mu);
    never.WaitFor(mu, wait);
  }
}

}  // namespace

void AddWatch(CLI::App& app, Run& chosen) {
  auto flags = std::make_shared<WatchFlags>();
  CLI::App* command =
      app.add_subcommand("watch", "Print every notice as it comes, until you stop it");
  command->add_option("--count", flags->count, "stop after so many")->check(CLI::PositiveNumber);
  command->add_flag("--once", flags->once, "print what is open now, and stop");
  command
      ->add_option("--signing-key", flags->signing_key,
                   "show only what this public key signed (the broker's signing.pub)")
      ->type_name("FILE");
  command->callback([flags, &chosen] {
    chosen = [flags](Session& session) { return Watcher(session, *flags).Run(); };
  });
}

}  // namespace wardcast::cli
