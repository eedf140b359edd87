// How each part of the broker is, in one place for the RPC, /healthz, /readyz and the metrics.
#pragma once

#include <atomic>
#include <string>
#include <vector>

#include "server/access/audit/audit_log.h"
#include "server/access/certificates/tls_watch.h"
#include "server/access/people/people_directory.h"
#include "server/api/system_handler.h"
#include "server/bus/bus.h"
#include "server/feed/feed.h"
#include "server/feed/hub.h"
#include "server/store/store.h"

namespace wardcast {

// Not ok after a new life of the log was begun here. An alarm for a person; the broker serves.
inline constexpr char kStoreHistory[] = "store history";

// Not ok while the certificate cannot be renewed or replaced; what is valid is served on.
inline constexpr char kCertificate[] = "certificate";

// Not ok while no server of the hospital's directory answers; whoever is signed in stays so, and
// local accounts sign in.
inline constexpr char kPeopleDirectory[] = "directory";

// What is not well there a person must know; the broker serves all the same.
inline bool IsForAPerson(const PartState& state) {
  return state.part == kStoreHistory || state.part == kCertificate ||
         state.part == kPeopleDirectory;
}

// Threads: any; never blocks.
class Health final : public HealthSource {
 public:
  // All must outlive this object. `certificate` nullptr: plain text.
  Health(const Bus& bus, const Feed& feed, const Hub& hub, const Store& store,
         const TlsWatch* certificate)
      : bus_(bus), feed_(feed), hub_(hub), store_(store), certificate_(certificate) {}

  // Before the doors open; both must outlive them. `directory` nullptr: there is none.
  void Watch(const AuditLog& audit, const PeopleDirectory* directory) {
    audit_ = &audit;
    directory_ = directory;
  }

  std::vector<PartState> Parts() const override;
  bool draining() const override { return draining_.load(); }
  void SetDraining() { draining_.store(true); }

 private:
  const Bus& bus_;
  const Feed& feed_;
  const Hub& hub_;
  const Store& store_;
  const TlsWatch* const certificate_;
  const AuditLog* audit_ = nullptr;
  const PeopleDirectory* directory_ = nullptr;
  std::atomic<bool> draining_ = false;
};

}  // namespace wardcast
