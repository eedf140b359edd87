// What makes this machine an endpoint: its key and certificate, whom it trusts, where its brokers
// are. In files of the data folder, mode 0600.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "agent/enrolment/machine.h"
#include "agent/link/client_tls.h"
#include "base/clock.h"
#include "base/result.h"
#include "base/tls/private_key.h"
#include "wardcast/v1/endpoint_service.pb.h"

namespace wardcast::agent {

struct Place {
  std::string endpoint_id;
  std::vector<std::string> brokers;
  Machine machine;          // that enrolled
  ClientTls tls;            // authority, key, certificate
  std::string signing_key;  // PEM, public
  TimePoint valid_from{};
  TimePoint valid_until{};
};

// Threads: one at a time.
class PlaceFolder {
 public:
  // Made with mode 0700 when something is written.
  explicit PlaceFolder(std::filesystem::path folder) : folder_(std::move(folder)) {}

  // nullopt: not enrolled. kFailedPrecondition: something is there that cannot be used, and what to
  // do. kUnavailable: it cannot be read.
  Result<std::optional<Place>> Load() const;
  // The key that is there, or a new one that is kept before anybody is told of it: an answer that
  // got lost is asked for again with the same key.
  Result<PrivateKey> EnsureKey();
  // After enrolling, and after each renewal.
  Result<void> Save(const Place& place);
  // The place of another machine (a cloned disk) out of the way; where it is now.
  Result<std::filesystem::path> PutAside(TimePoint now);

  const std::filesystem::path& path() const { return folder_; }

 private:
  const std::filesystem::path folder_;
};

// What a broker gave, put into `place`. kDataLoss: it is not what was asked for (another endpoint,
// another key, an authority that is not trusted).
Result<void> TakeCredential(const v1::Credential& credential, Place& place);

}  // namespace wardcast::agent
