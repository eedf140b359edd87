// Who of the endpoints is let in: which keys are revoked, although their certificate is valid, and
// which browsers have a place. From memory, so that a subscription never waits for the store.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "base/clock.h"
#include "base/mutex.h"
#include "base/result.h"
#include "server/access/enrolment/endpoint_uri.h"
#include "server/store/enrolment/enrolment_store.h"

namespace wardcast {

// A browser that is not used for so long loses its place; browsers keep no cookie for longer.
inline constexpr std::chrono::days kBrowserLife{400};

// Threads: all functions from any; none blocks.
class EndpointGate {
 public:
  // kPermissionDenied: its key was revoked; says what to do.
  Result<void> Check(const CertifiedEndpoint& endpoint) const;

  struct BrowserPlace {
    CertifiedEndpoint endpoint;
    TimePoint expires{};
  };
  // The place of the browser with this secret (SHA-256, hexadecimal); nullopt: none that is known
  // here; one that enrolled at another broker a moment ago may be in the store.
  std::optional<BrowserPlace> FindBrowser(const std::string& key_sha256, TimePoint now) const;

  // What the store says now; the endpoints whose key is revoked and was not before.
  std::vector<CertifiedEndpoint> Replace(const std::vector<EnrolmentStore::Standing>& standings);

 private:
  mutable Mutex mu_;
  std::unordered_set<std::string> revoked_ GUARDED_BY(mu_);                 // registrations
  std::unordered_map<std::string, BrowserPlace> browsers_ GUARDED_BY(mu_);  // by key
};

}  // namespace wardcast
