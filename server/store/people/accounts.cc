// Accounts and the one-time links that set their passwords.
#include "base/bytes.h"
#include "server/store/alert_row.h"
#include "server/store/people/sql_people.h"
#include "server/store/people/sql_people_store.h"

namespace wardcast {
namespace {

using AccountColumnsRow = std::vector<AccountColumns>;

AccountColumnsRow ReadAccounts(Connection& connection, const std::string& where,
                               const std::string& name) {
  return connection
      .Read<std::string, std::string, std::string, std::string, std::int64_t, std::int64_t>(
          std::string("SELECT ") + kAccountColumns + " FROM account a WHERE " + where, name);
}

}  // namespace

std::unique_ptr<PeopleStore> MakeSqlPeople(Pool& writers, Pool& readers) {
  return std::make_unique<SqlPeopleStore>(writers, readers);
}

Result<AccountRow> DecodeAccount(const AccountColumns& columns) {
  const auto& [body, password, secret, pending, step, signed_in] = columns;
  auto account = DecodeMessage<v1::Account>(body);
  if (!account) return std::unexpected(account.error());
  return AccountRow{.account = std::move(*account),
                    .password_hash = password,
                    .totp_secret = secret,
                    .totp_pending = pending,
                    .totp_step = step,
                    .signed_in_at = FromMillis(signed_in)};
}

Result<std::optional<AccountRow>> SqlPeopleStore::FindAccount(const std::string& name) {
  return Read([&](Connection& connection) -> Result<std::optional<AccountRow>> {
    const auto rows = ReadAccounts(connection, "a.name = :name", name);
    if (rows.empty()) return std::nullopt;
    auto account = DecodeAccount(rows.front());
    if (!account) return std::unexpected(account.error());
    return std::move(*account);
  });
}

Result<std::vector<AccountRow>> SqlPeopleStore::ListAccounts() {
  return Read([](Connection& connection) -> Result<std::vector<AccountRow>> {
    std::vector<AccountRow> accounts;
    for (const auto& row : ReadAccounts(connection, "a.name > :name ORDER BY a.name", "")) {
      auto account = DecodeAccount(row);
      if (!account) return std::unexpected(account.error());
      accounts.push_back(std::move(*account));
    }
    return accounts;
  });
}

Result<std::vector<AccountRow>> SqlPeopleStore::ListSignedIn(TimePoint now) {
  return Read([&](Connection& connection) -> Result<std::vector<AccountRow>> {
    std::vector<AccountRow> accounts;
    for (const auto& row :
         connection
             .Read<std::string, std::string, std::string, std::string, std::int64_t, std::int64_t>(
                 std::string("SELECT ") + kAccountColumns +
                     " FROM account a WHERE a.name IN (SELECT s.account FROM session s WHERE "
                     "s.expires_at > :now) ORDER BY a.name",
                 ToMillis(now))) {
      auto account = DecodeAccount(row);
      if (!account) return std::unexpected(account.error());
      accounts.push_back(std::move(*account));
    }
    return accounts;
  });
}

Result<void> SqlPeopleStore::PutAccount(const v1::Account& account, TimePoint now) {
  return Write([&](Connection& connection) -> Result<void> {
    connection.Execute(
        "INSERT INTO account (name, body, password_hash, totp_secret, totp_pending, totp_step, "
        "signed_in_at, changed_at) VALUES (:name, :body, '', '', '', 0, 0, :now)"
        " ON CONFLICT (name) DO UPDATE SET body = excluded.body, changed_at = excluded.changed_at",
        account.name(), ToBase64(account.SerializeAsString()), ToMillis(now));
    return {};
  });
}

Result<bool> SqlPeopleStore::RemoveAccount(const std::string& name) {
  return Write([&](Connection& connection) -> Result<bool> {
    connection.Execute("DELETE FROM session WHERE account = :name", name);
    connection.Execute("DELETE FROM password_link WHERE account = :name", name);
    return connection.Execute("DELETE FROM account WHERE name = :name", name) > 0;
  });
}

Result<bool> SqlPeopleStore::SetPassword(const std::string& name, const std::string& hash) {
  return Change("UPDATE account SET password_hash = :hash WHERE name = :name", hash, name);
}

Result<bool> SqlPeopleStore::NoteSignIn(const std::string& name, TimePoint now) {
  return Change("UPDATE account SET signed_in_at = :now WHERE name = :name", ToMillis(now), name);
}

Result<bool> SqlPeopleStore::SetTotp(const std::string& name, const std::string& secret,
                                     const std::string& pending) {
  return Change(
      "UPDATE account SET totp_secret = :secret, totp_pending = :pending"
      " WHERE name = :name",
      secret, pending, name);
}

Result<bool> SqlPeopleStore::TakeTotpStep(const std::string& name, std::int64_t step) {
  return Change("UPDATE account SET totp_step = :step WHERE name = :name AND totp_step < :before",
                step, name, step);
}

Result<void> SqlPeopleStore::PutLink(const std::string& account, const std::string& hash,
                                     TimePoint expires) {
  return Write([&](Connection& connection) -> Result<void> {
    connection.Execute("DELETE FROM password_link WHERE account = :account", account);
    connection.Execute(
        "INSERT INTO password_link (hash, account, expires_at) VALUES (:hash, :account, :expires)",
        hash, account, ToMillis(expires));
    return {};
  });
}

Result<std::optional<std::string>> SqlPeopleStore::FindLink(const std::string& hash,
                                                            TimePoint now) {
  return Read([&](Connection& connection) -> Result<std::optional<std::string>> {
    const auto rows = connection.Read<std::string>(
        "SELECT account FROM password_link WHERE hash = :hash AND expires_at > :now", hash,
        ToMillis(now));
    if (rows.empty()) return std::nullopt;
    return std::get<0>(rows.front());
  });
}

Result<std::optional<std::string>> SqlPeopleStore::SpendLink(const std::string& hash,
                                                             const std::string& password_hash,
                                                             TimePoint now) {
  return Write([&](Connection& connection) -> Result<std::optional<std::string>> {
    // Whoever deletes the row has the link; a second one at the same moment finds none.
    const auto rows = connection.Read<std::string>(
        "DELETE FROM password_link WHERE hash = :hash AND expires_at > :now RETURNING account",
        hash, ToMillis(now));
    if (rows.empty()) return std::nullopt;
    const std::string account = std::get<0>(rows.front());
    connection.Execute("UPDATE account SET password_hash = :hash WHERE name = :name", password_hash,
                       account);
    connection.Execute("DELETE FROM session WHERE account = :account", account);
    return account;
  });
}

}  // namespace wardcast
