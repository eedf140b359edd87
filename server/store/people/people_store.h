// What the store keeps of people: accounts, one-time links, sessions, API tokens, the audit trail.
// A seam of its own beside Store; one contract suite (tests/contract/store) holds for SQLite and
// PostgreSQL.
//
// All functions block and fail as those of Store do. Secrets come as hashes (SHA-256 in
// hexadecimal), so a copy of the database signs nobody in.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/result.h"
#include "server/store/people/people_rows.h"
#include "wardcast/v1/audit_service.pb.h"

namespace wardcast {

// Threads: all functions from any.
class PeopleStore {
 public:
  virtual ~PeopleStore() = default;

  // Accounts. nullopt, false: there is no such account.
  virtual Result<std::optional<AccountRow>> FindAccount(const std::string& name) = 0;
  virtual Result<std::vector<AccountRow>> ListAccounts() = 0;  // by name
  // Those who have a session, by name.
  virtual Result<std::vector<AccountRow>> ListSignedIn(TimePoint now) = 0;
  // Adds or replaces the public part; secrets stay as they are.
  virtual Result<void> PutAccount(const v1::Account& account, TimePoint now) = 0;
  // With its sessions and links.
  virtual Result<bool> RemoveAccount(const std::string& name) = 0;
  virtual Result<bool> SetPassword(const std::string& name, const std::string& hash) = 0;
  virtual Result<bool> NoteSignIn(const std::string& name, TimePoint now) = 0;
  // Begins (`pending`) or, with both empty, removes an authenticator.
  virtual Result<bool> SetTotp(const std::string& name, const std::string& secret,
                               const std::string& pending) = 0;
  // Takes a code's step: false if it, or a later one, was taken before. One code works once, on
  // whichever broker.
  virtual Result<bool> TakeTotpStep(const std::string& name, std::int64_t step) = 0;

  // One-time links. A new one replaces those of the account.
  virtual Result<void> PutLink(const std::string& account, const std::string& hash,
                               TimePoint expires) = 0;
  // The account of a link that is still good; nullopt: none.
  virtual Result<std::optional<std::string>> FindLink(const std::string& hash, TimePoint now) = 0;
  // Uses a link up: sets the password, ends the account's sessions, in one transaction. nullopt: no
  // such link (any more); nothing was changed.
  virtual Result<std::optional<std::string>> SpendLink(const std::string& hash,
                                                       const std::string& password_hash,
                                                       TimePoint now) = 0;

  // Sessions.
  virtual Result<void> PutSession(const SessionRow& session) = 0;
  // With its account as it is now; nullopt: ended, over, or its account is gone.
  virtual Result<std::optional<std::pair<SessionRow, AccountRow>>> FindSession(
      const std::string& hash, TimePoint now) = 0;
  // By account, newest first, at most 1,000. Empty `account`: of all.
  virtual Result<std::vector<SessionRow>> ListSessions(const std::string& account,
                                                       TimePoint now) = 0;
  // The account whose session it was; nullopt: no such session.
  virtual Result<std::optional<std::string>> EndSession(const std::string& id) = 0;
  // All of an account, but the one with the id `except`.
  virtual Result<void> EndSessions(const std::string& account, const std::string& except) = 0;
  virtual Result<void> TouchSession(const std::string& hash, TimePoint seen) = 0;
  // By id; the person has proved once more who they are.
  virtual Result<void> ConfirmSession(const std::string& id, TimePoint at) = 0;
  virtual Result<void> SetSecondFactor(const std::string& id) = 0;
  // Removes sessions and links whose time is over.
  virtual Result<void> SweepPeople(TimePoint now) = 0;

  // API tokens.
  virtual Result<void> PutApiToken(const ApiTokenRow& token) = 0;
  // nullopt: unknown, expired or revoked.
  virtual Result<std::optional<v1::ApiToken>> FindApiToken(const std::string& hash,
                                                           TimePoint now) = 0;
  virtual Result<std::vector<v1::ApiToken>> ListApiTokens() = 0;  // by name, newest first
  virtual Result<bool> RevokeApiToken(const std::string& id, TimePoint now) = 0;
  virtual Result<void> TouchApiToken(const std::string& id, TimePoint used) = 0;

  // Appends to this broker's chain (audit_chain.h), in order, in one transaction.
  virtual Result<void> AppendAudit(const std::string& broker,
                                   const std::vector<AuditEntry>& entries) = 0;
  // Newest first. Before TimePoint{}: from the newest.
  virtual Result<std::vector<v1::AuditEvent>> ReadAudit(TimePoint before, const std::string& who,
                                                        bool loud_only, int limit) = 0;
};

}  // namespace wardcast
