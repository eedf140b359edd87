// What the store keeps of machines: whose certificate authority it is, the tokens with which they
// enrol, and which key is registered for which endpoint. A seam of its own beside Store; one
// contract suite (tests/contract/store) holds for SQLite and PostgreSQL.
//
// All functions block and fail as those of Store do. Tokens come as hashes (SHA-256 in
// hexadecimal), keys as the hash of the public one, or of a browser's secret: a copy of the
// database lets nobody in.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/result.h"

namespace wardcast {

struct EnrolTokenRow {
  std::string id;
  std::string hash;
  std::string note;
  std::string site_id;
  int uses = 1;
  int used = 0;
  TimePoint created_at{};
  TimePoint expires_at{};
  TimePoint revoked_at{};  // TimePoint{}: it was not
};

// A key that is, or was, an endpoint's.
struct EnrolmentRow {
  std::string registration_id;  // ULID; what its certificates name
  std::string endpoint_id;
  std::string key_sha256;
  std::string host;
  std::string hardware_serial;  // may be empty
  std::string site_id;
  std::string token_id;
  std::string certificate_serial;  // of the newest certificate; empty: none was issued
  TimePoint enrolled_at{};
  TimePoint issued_at{};   // of the newest certificate; of a browser: when its place was prolonged
  TimePoint expires_at{};  // of the newest certificate; of a browser: the end of its place
  TimePoint revoked_at{};  // TimePoint{}: it was not
  std::string revoked_because;
  bool browser = false;  // has no certificate: `key_sha256` is of the secret in its cookie
};

// A browser that got its place and asks for it again so soon did not get the answer.
inline constexpr std::chrono::minutes kBrowserRetryWithin{10};

// Threads: all functions from any.
class EnrolmentStore {
 public:
  virtual ~EnrolmentStore() = default;

  // SHA-256 of the certificate of the authority that this store's brokers share; empty: none yet.
  virtual Result<std::string> Authority() = 0;
  // Sets it if there is none; returns the one that counts now.
  virtual Result<std::string> ClaimAuthority(const std::string& sha256) = 0;

  virtual Result<void> PutEnrolToken(const EnrolTokenRow& token) = 0;
  // Newest first.
  virtual Result<std::vector<EnrolTokenRow>> ListEnrolTokens() = 0;
  // As it is now. kNotFound: no such token.
  virtual Result<EnrolTokenRow> RevokeEnrolToken(const std::string& id, TimePoint now) = 0;

  // What became of an attempt to enrol.
  struct Enrolled {
    EnrolmentRow row;
    // The registration that had the place before and was revoked by this; empty: none.
    std::string replaced;
  };
  // Uses the token up by one and registers the key of `wanted` (registration, endpoint, key, host
  // and serial are given; site and token come from the token). The key that the endpoint has
  // already: its row, and nothing is used up. Another key from the same host and serial number: the
  // old one is revoked, with a log entry. kUnauthenticated: no such token, or it is expired,
  // revoked or used up. kAlreadyExists: another machine has that id, or another endpoint that key.
  // kPermissionDenied: the key was revoked. The messages are for the administrator.
  virtual Result<Enrolled> Enrol(const std::string& token_hash, const EnrolmentRow& wanted,
                                 TimePoint now) = 0;
  // The same for a browser, whose place lasts until `wanted.expires_at`. `former`: the registration
  // that this browser has proved to have; it is revoked, whichever endpoint's it is, since a
  // browser has one place. Empty: none. Any other holder of the id stands in the way
  // (kAlreadyExists), but not a browser whose place has ended, and not one that got it with the
  // same token from the same address (`host`) within kBrowserRetryWithin: that is the same one,
  // whose answer got lost, and it uses nothing up.
  virtual Result<Enrolled> EnrolBrowser(const std::string& token_hash, const EnrolmentRow& wanted,
                                        const std::string& former, TimePoint now) = 0;
  // The newest certificate of a registration; of a browser: its place is prolonged, `serial` empty.
  virtual Result<void> NoteCertificate(const std::string& registration_id,
                                       const std::string& serial, TimePoint issued,
                                       TimePoint expires) = 0;
  // nullopt: that key was never this endpoint's.
  virtual Result<std::optional<EnrolmentRow>> FindEnrolment(const std::string& endpoint_id,
                                                            const std::string& key_sha256) = 0;
  // The browser with this secret, also if it is over or revoked; nullopt: there was none.
  virtual Result<std::optional<EnrolmentRow>> FindBrowser(const std::string& key_sha256) = 0;
  // Revokes the key that the endpoint has, with a log entry; the row as it is now. Revoked before:
  // the latest one, unchanged. kNotFound: never enrolled.
  virtual Result<EnrolmentRow> RevokeEnrolment(const std::string& endpoint_id,
                                               const std::string& because, TimePoint now) = 0;
  // By endpoint and registration, after this place, at most `limit`. Empty `endpoint_id`: of all.
  struct Place {
    std::string endpoint_id;
    std::string registration_id;
  };
  virtual Result<std::vector<EnrolmentRow>> ListEnrolments(const std::string& endpoint_id,
                                                           bool include_revoked, const Place& after,
                                                           int limit) = 0;

  // What decides who is let in, of all registrations that have a certificate which has not expired
  // or were not revoked.
  struct Standing {
    std::string registration_id;
    std::string endpoint_id;
    bool revoked = false;
    std::string browser_key;  // of a browser: `key_sha256`; empty: it is none
    TimePoint expires_at{};
    std::string site_id = {};  // of the token that it enrolled with
  };
  virtual Result<std::vector<Standing>> LoadStandings(TimePoint now) = 0;
};

}  // namespace wardcast
