// The SQL behind PeopleStore; its functions are in accounts.cc, sessions.cc, api_tokens.cc and
// audit_trail.cc.
#pragma once

#include <utility>

#include "server/store/people/people_store.h"
#include "server/store/sql/pool.h"
#include "server/store/transaction.h"

namespace wardcast {

// Threads: all functions from any.
class SqlPeopleStore final : public PeopleStore {
 public:
  SqlPeopleStore(Pool& writers, Pool& readers) : writers_(writers), readers_(readers) {}

  Result<std::optional<AccountRow>> FindAccount(const std::string& name) override;
  Result<std::vector<AccountRow>> ListAccounts() override;
  Result<std::vector<AccountRow>> ListSignedIn(TimePoint now) override;
  Result<void> PutAccount(const v1::Account& account, TimePoint now) override;
  Result<bool> RemoveAccount(const std::string& name) override;
  Result<bool> SetPassword(const std::string& name, const std::string& hash) override;
  Result<bool> NoteSignIn(const std::string& name, TimePoint now) override;
  Result<bool> SetTotp(const std::string& name, const std::string& secret,
                       const std::string& pending) override;
  Result<bool> TakeTotpStep(const std::string& name, std::int64_t step) override;

  Result<void> PutLink(const std::string& account, const std::string& hash,
                       TimePoint expires) override;
  Result<std::optional<std::string>> FindLink(const std::string& hash, TimePoint now) override;
  Result<std::optional<std::string>> SpendLink(const std::string& hash,
                                               const std::string& password_hash,
                                               TimePoint now) override;

  Result<void> PutSession(const SessionRow& session) override;
  Result<std::optional<std::pair<SessionRow, AccountRow>>> FindSession(const std::string& hash,
                                                                       TimePoint now) override;
  Result<std::vector<SessionRow>> ListSessions(const std::string& account, TimePoint now) override;
  Result<std::optional<std::string>> EndSession(const std::string& id) override;
  Result<void> EndSessions(const std::string& account, const std::string& except) override;
  Result<void> TouchSession(const std::string& hash, TimePoint seen) override;
  Result<void> ConfirmSession(const std::string& id, TimePoint at) override;
  Result<void> SetSecondFactor(const std::string& id) override;
  Result<void> SweepPeople(TimePoint now) override;

  Result<void> PutApiToken(const ApiTokenRow& token) override;
  Result<std::optional<v1::ApiToken>> FindApiToken(const std::string& hash, TimePoint now) override;
  Result<std::vector<v1::ApiToken>> ListApiTokens() override;
  Result<bool> RevokeApiToken(const std::string& id, TimePoint now) override;
  Result<void> TouchApiToken(const std::string& id, TimePoint used) override;

  Result<void> AppendAudit(const std::string& broker,
                           const std::vector<AuditEntry>& entries) override;
  Result<std::vector<v1::AuditEvent>> ReadAudit(TimePoint before, const std::string& who,
                                                bool loud_only, int limit) override;

 private:
  template <class Body>
  auto Write(Body&& body) {
    return RunTransaction(writers_, &BeginWrite, body);
  }
  template <class Body>
  auto Read(Body&& body) {
    return RunTransaction(readers_, &BeginRead, body);
  }
  // Runs one statement; true if it changed a row.
  template <class... Params>
  Result<bool> Change(const std::string& statement, const Params&... params) {
    return Write([&](Connection& connection) -> Result<bool> {
      return connection.Execute(statement, params...) > 0;
    });
  }

  Pool& writers_;
  Pool& readers_;
};

// The columns of an account and what they hold.
inline constexpr const char* kAccountColumns =
    "a.body, a.password_hash, a.totp_secret, a.totp_pending, a.totp_step, a.signed_in_at";
using AccountColumns =
    std::tuple<std::string, std::string, std::string, std::string, std::int64_t, std::int64_t>;
Result<AccountRow> DecodeAccount(const AccountColumns& columns);

}  // namespace wardcast
