// Sessions of people.
#include "server/store/alert_row.h"
#include "server/store/people/sql_people_store.h"

namespace wardcast {
namespace {

constexpr const char* kSessionColumns =
    "s.hash, s.id, s.account, s.browser, s.second_factor, s.created_at, s.seen_at, s.expires_at, "
    "s.confirmed_at, s.peer";

template <class Columns>
SessionRow SessionOf(const Columns& c) {
  return {.hash = std::get<0>(c),
          .id = std::get<1>(c),
          .account = std::get<2>(c),
          .browser = std::get<3>(c) != 0,
          .second_factor = std::get<4>(c) != 0,
          .created_at = FromMillis(std::get<5>(c)),
          .seen_at = FromMillis(std::get<6>(c)),
          .expires_at = FromMillis(std::get<7>(c)),
          .confirmed_at = FromMillis(std::get<8>(c)),
          .peer = std::get<9>(c)};
}

}  // namespace

Result<void> SqlPeopleStore::PutSession(const SessionRow& session) {
  return Write([&](Connection& connection) -> Result<void> {
    connection.Execute(
        "INSERT INTO session (hash, id, account, browser, second_factor, created_at, seen_at, "
        "expires_at, confirmed_at, peer) VALUES (:hash, :id, :account, :browser, :second, :created,"
        " :seen, :expires, :confirmed, :peer)",
        session.hash, session.id, session.account, std::int64_t{session.browser},
        std::int64_t{session.second_factor}, ToMillis(session.created_at),
        ToMillis(session.seen_at), ToMillis(session.expires_at), ToMillis(session.confirmed_at),
        session.peer);
    return {};
  });
}

Result<std::optional<std::pair<SessionRow, AccountRow>>> SqlPeopleStore::FindSession(
    const std::string& hash, TimePoint now) {
  using Found = std::optional<std::pair<SessionRow, AccountRow>>;
  return Read([&](Connection& connection) -> Result<Found> {
    const auto rows =
        connection.Read<std::string, std::string, std::string, std::int64_t, std::int64_t,
                        std::int64_t, std::int64_t, std::int64_t, std::int64_t, std::string>(
            std::string("SELECT ") + kSessionColumns +
                " FROM session s WHERE s.hash = :hash AND s.expires_at > :now",
            hash, ToMillis(now));
    if (rows.empty()) return std::nullopt;
    SessionRow session = SessionOf(rows.front());
    const auto accounts =
        connection
            .Read<std::string, std::string, std::string, std::string, std::int64_t, std::int64_t>(
                std::string("SELECT ") + kAccountColumns + " FROM account a WHERE a.name = :name",
                session.account);
    if (accounts.empty()) return std::nullopt;
    auto account = DecodeAccount(accounts.front());
    if (!account) return std::unexpected(account.error());
    if (account->account.disabled()) return std::nullopt;
    return std::pair(std::move(session), std::move(*account));
  });
}

Result<std::vector<SessionRow>> SqlPeopleStore::ListSessions(const std::string& account,
                                                             TimePoint now) {
  return Read([&](Connection& connection) -> Result<std::vector<SessionRow>> {
    std::vector<SessionRow> sessions;
    for (const auto& row :
         connection.Read<std::string, std::string, std::string, std::int64_t, std::int64_t,
                         std::int64_t, std::int64_t, std::int64_t, std::int64_t, std::string>(
             std::string("SELECT ") + kSessionColumns +
                 " FROM session s WHERE s.expires_at > :now AND (s.account = :account OR :every = "
                 "'') ORDER BY s.account, s.created_at DESC, s.id DESC LIMIT 1000",
             ToMillis(now), account, account)) {
      sessions.push_back(SessionOf(row));
    }
    return sessions;
  });
}

Result<std::optional<std::string>> SqlPeopleStore::EndSession(const std::string& id) {
  return Write([&](Connection& connection) -> Result<std::optional<std::string>> {
    const auto rows =
        connection.Read<std::string>("DELETE FROM session WHERE id = :id RETURNING account", id);
    if (rows.empty()) return std::nullopt;
    return std::get<0>(rows.front());
  });
}

Result<void> SqlPeopleStore::EndSessions(const std::string& account, const std::string& except) {
  return Write([&](Connection& connection) -> Result<void> {
    connection.Execute("DELETE FROM session WHERE account = :account AND id <> :except", account,
                       except);
    return {};
  });
}

Result<void> SqlPeopleStore::TouchSession(const std::string& hash, TimePoint seen) {
  return Write([&](Connection& connection) -> Result<void> {
    connection.Execute("UPDATE session SET seen_at = :seen WHERE hash = :hash", ToMillis(seen),
                       hash);
    return {};
  });
}

Result<void> SqlPeopleStore::ConfirmSession(const std::string& id, TimePoint at) {
  return Write([&](Connection& connection) -> Result<void> {
    connection.Execute("UPDATE session SET confirmed_at = :at WHERE id = :id", ToMillis(at), id);
    return {};
  });
}

Result<void> SqlPeopleStore::SetSecondFactor(const std::string& id) {
  return Write([&](Connection& connection) -> Result<void> {
    connection.Execute("UPDATE session SET second_factor = 1 WHERE id = :id", id);
    return {};
  });
}

Result<void> SqlPeopleStore::SweepPeople(TimePoint now) {
  return Write([&](Connection& connection) -> Result<void> {
    connection.Execute("DELETE FROM session WHERE expires_at <= :now", ToMillis(now));
    connection.Execute("DELETE FROM password_link WHERE expires_at <= :now", ToMillis(now));
    return {};
  });
}

}  // namespace wardcast
