// A small hospital that runs the real programs: a broker on free ports, ward PCs, light endpoints.
#pragma once

#include <grpcpp/grpcpp.h>

#include <chrono>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "tests/servers/child_process.h"
#include "tests/servers/temp_folder.h"
#include "wardcast/v1/alert.pb.h"
#include "wardcast/v1/progress.pb.h"
#include "wardcast/v1/system_service.pb.h"

namespace wardcast::testing {

// One line of a ledger.
struct LedgerLine {
  std::string event;  // of an agent; empty in the light endpoints' ledger
  std::string endpoint;
  std::string alert;
  std::int64_t version = 0;
  int round = 0;
  std::string state;    // "detail" of an agent
  std::int64_t ms = 0;  // by the clock of whoever wrote it
};

// Polls until `holds`.
bool Eventually(const std::function<bool()>& holds,
                std::chrono::milliseconds limit = std::chrono::seconds(30));

// Threads: one. Everything it started is gone with it.
class Hospital {
 public:
  // Starts a broker and imports one site with 4 West (4w-pc-01 … 03), ICU (icu-pc-01 … 03) and
  // `load-1` … `load-COUNT` in ward `load`. Throws if a program does not start.
  // `environment` ("NAME=value") is added to every program's, from the first on.
  explicit Hospital(int load, std::vector<std::string> environment = {});

  std::filesystem::path folder() const { return folder_.path(); }
  const std::string& broker() const { return grpc_; }
  // For calls of one's own: a channel to the broker as it runs now, and the administrator's token.
  std::shared_ptr<grpc::Channel> channel() const { return channel_; }
  void Prepare(grpc::ClientContext& context, std::chrono::seconds deadline) const;

  // Ends the broker with SIGKILL; starts it again on the same folder and port.
  void KillBroker();
  void StartBroker();
  // Ends it with SIGTERM, and waits. True: it ended by itself.
  bool StopBroker();
  // "NAME=value", for brokers that are started from now on.
  void SetBrokerEnvironment(std::vector<std::string> environment) {
    broker_environment_ = std::move(environment);
  }
  // Runs one of the programs to its end; the exit status. Its output is added to NAME.log.
  int Run(const std::string& name, const std::vector<std::string>& arguments);
  ChildProcess& broker_process() { return *broker_; }

  // A headless agent that displays; `extra` arguments after the usual ones. Its ledger is ID.jsonl,
  // its output ID.log, its data folder ID.
  std::unique_ptr<ChildProcess> StartAgent(const std::string& id,
                                           const std::vector<std::string>& extra = {});
  // The same with `environment` ("NAME=value") added to this program's.
  std::unique_ptr<ChildProcess> StartAgentWith(const std::vector<std::string>& environment,
                                               const std::string& id,
                                               const std::vector<std::string>& extra = {});
  // The `load` endpoints; the ledger is load.jsonl.
  std::unique_ptr<ChildProcess> StartLoad();

  // A severe outage for everyone; the id, or the error of the call.
  Result<std::string> Publish(const std::string& headline);
  Result<void> End(const std::string& alert_id);
  // These throw if the broker does not answer.
  v1::GetHealthResponse Health();
  v1::GetVersionResponse Version();
  v1::AlertProgress Progress(const std::string& alert_id);

  std::vector<LedgerLine> Ledger(const std::string& name) const;
  std::string Log(const std::string& name) const;

 private:
  void WaitUntilReady();
  void Import(int load);

  const TempFolder folder_;
  const int load_;
  const std::vector<std::string> environment_;
  std::string grpc_ = "127.0.0.1:0";
  std::string token_;
  std::vector<std::string> broker_environment_;
  std::shared_ptr<grpc::Channel> channel_;
  std::unique_ptr<ChildProcess> broker_;
};

}  // namespace wardcast::testing
