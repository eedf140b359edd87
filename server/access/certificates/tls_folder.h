// The certificates of this broker, in files: DATA_DIR/tls. Both doors read the same two files, and
// whoever writes there replaces them as a whole, so that no door ever sees a key without its
// certificate.
//
//   authority.pem, authority.key   the hospital's own authority; certifies endpoints (and brokers)
//   server.pem                     this broker's key, certificate and chain
//   ca.pem                         what clients of this broker trust
#pragma once

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "server/access/certificates/authority.h"

namespace wardcast {

struct TlsConfig {
  std::filesystem::path folder;  // made with mode 0700
  // The hospital's: PEM files with the certificate and its chain, its key, and the authority that
  // clients trust. All three, or none: then the own authority certifies this broker.
  std::filesystem::path certificate = {};
  std::filesystem::path key = {};
  std::filesystem::path ca = {};
  // More names and addresses for the own certificate: an alias, a load balancer.
  std::vector<std::string> names = {};
  // Of the own certificate; renewed after two thirds of it.
  std::chrono::seconds life = std::chrono::days(365);

  bool uses_own() const { return certificate.empty(); }
};

// Threads: one at a time; authority() and the paths from any.
class TlsFolder {
 public:
  // Reads the authority, or, if `known` (the one that the store names) is empty, makes one; then
  // writes server.pem and ca.pem if they are missing, too old, or do not fit. Blocks; at start
  // only. kFailedPrecondition: the store names an authority and it is not here, or another one is
  // (which says `wardcastd --join`); the hospital's files cannot be used, and why. kUnavailable: a
  // file cannot be read or written.
  static Result<TlsFolder> Open(TlsConfig config, const std::string& known, TimePoint now);

  const Authority& authority() const { return authority_; }
  std::filesystem::path authority_pem() const { return config_.folder / "authority.pem"; }
  std::filesystem::path server_pem() const { return config_.folder / "server.pem"; }
  std::filesystem::path ca_pem() const { return config_.folder / "ca.pem"; }

  // Looks whether the certificate is to be renewed, this machine has other names, or the hospital
  // has replaced its files; true: server.pem is another one now. An error (the hospital's files do
  // not fit together, the disk is full): what was served is served on.
  Result<bool> Refresh(TimePoint now);
  // When the certificate that is served ends.
  TimePoint valid_until() const { return valid_until_; }

 private:
  TlsFolder(TlsConfig config, Authority authority)
      : config_(std::move(config)), authority_(std::move(authority)) {}

  // What server.pem and ca.pem should hold now.
  struct Content {
    std::string server;
    std::string ca;
    TimePoint valid_until;
  };
  // nullopt: what is there is good.
  Result<std::optional<Content>> OwnContent(TimePoint now) const;
  Result<std::optional<Content>> HospitalsContent(TimePoint now) const;

  TlsConfig config_;
  Authority authority_;
  TimePoint valid_until_{};
};

// A folder that holds another authority than the one of the store's brokers: what to do.
Error OtherAuthority(const std::filesystem::path& folder);

// The same folder with an authority that was brought here (wardcastd --join); kAlreadyExists:
// another one is there.
Result<void> WriteAuthority(const std::filesystem::path& folder, const Authority& authority);

}  // namespace wardcast
