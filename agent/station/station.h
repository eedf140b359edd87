// The part of the agent that lives without a screen: one thread that owns link, cache and outbox,
// and drives a presenter.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "agent/core/screen.h"
#include "agent/link/client_tls.h"
#include "base/result.h"

namespace wardcast::agent {

struct StationConfig {
  std::vector<std::string> brokers;  // HOST:PORT, at least one
  std::string endpoint_id;           // host name in lower case
  std::string host;
  std::string version;
  std::filesystem::path data_dir;     // made if missing; one agent per folder
  std::filesystem::path signing_key;  // the broker's public key, PEM; empty: `signing_key_pem`
  std::string signing_key_pem = {};   // of an enrolled machine
  std::string serial = {};            // the hardware's, as it enrolled
  // See LinkConfig::tls.
  std::function<std::optional<ClientTls>()> tls = {};
  std::filesystem::path ledger;  // empty: none
};

// Threads: all functions of PresenterEvents from any; the rest from the one who made it. The thread
// is called `station`.
class Station final : public PresenterEvents {
 public:
  // Opens key, cache and ledger. kNotFound, kInvalidArgument, kUnavailable: which file, what is
  // wrong, what to do. kFailedPrecondition: another agent uses the data folder.
  static Result<std::unique_ptr<Station>> Open(StationConfig config);
  ~Station() override;  // stops

  // Starts to connect and to show. `presenter` outlives Stop.
  void Start(Presenter& presenter);
  // Returns when the thread has ended; there is no further call of the presenter. Idempotent.
  void Stop();

  void Displayed(const std::string& alert_id, int round) override;
  void Seen(const std::string& alert_id, int round) override;
  void Answered(const Answer& answer) override;
  void ScreenChanged(ScreenState state) override;

 private:
  class Parts;
  explicit Station(std::unique_ptr<Parts> parts);

  std::unique_ptr<Parts> parts_;
  std::jthread thread_;
};

}  // namespace wardcast::agent
