// Credentials of machines.
#include "base/bytes.h"
#include "base/proto_time.h"
#include "server/store/alert_row.h"
#include "server/store/people/sql_people_store.h"

namespace wardcast {
namespace {

using TokenColumns = std::tuple<std::string, std::int64_t, std::int64_t>;

Result<v1::ApiToken> DecodeToken(const TokenColumns& columns) {
  const auto& [body, used, revoked] = columns;
  auto token = DecodeMessage<v1::ApiToken>(body);
  if (!token) return token;
  if (used != 0) *token->mutable_used() = ToTimestamp(FromMillis(used));
  if (revoked != 0) *token->mutable_revoked() = ToTimestamp(FromMillis(revoked));
  return token;
}

}  // namespace

Result<void> SqlPeopleStore::PutApiToken(const ApiTokenRow& token) {
  return Write([&](Connection& connection) -> Result<void> {
    connection.Execute(
        "INSERT INTO api_token (id, name, hash, body, expires_at, used_at, revoked_at)"
        " VALUES (:id, :name, :hash, :body, :expires, 0, 0)",
        token.token.id(), token.token.name(), token.hash, ToBase64(token.token.SerializeAsString()),
        ToMillis(FromTimestamp(token.token.expires())));
    return {};
  });
}

Result<std::optional<v1::ApiToken>> SqlPeopleStore::FindApiToken(const std::string& hash,
                                                                 TimePoint now) {
  return Read([&](Connection& connection) -> Result<std::optional<v1::ApiToken>> {
    const auto rows = connection.Read<std::string, std::int64_t, std::int64_t>(
        "SELECT body, used_at, revoked_at FROM api_token"
        " WHERE hash = :hash AND revoked_at = 0 AND expires_at > :now",
        hash, ToMillis(now));
    if (rows.empty()) return std::nullopt;
    auto token = DecodeToken(rows.front());
    if (!token) return std::unexpected(token.error());
    return std::move(*token);
  });
}

Result<std::vector<v1::ApiToken>> SqlPeopleStore::ListApiTokens() {
  return Read([](Connection& connection) -> Result<std::vector<v1::ApiToken>> {
    std::vector<v1::ApiToken> tokens;
    for (const auto& row : connection.Read<std::string, std::int64_t, std::int64_t>(
             "SELECT body, used_at, revoked_at FROM api_token ORDER BY name, id DESC LIMIT 1000")) {
      auto token = DecodeToken(row);
      if (!token) return std::unexpected(token.error());
      tokens.push_back(std::move(*token));
    }
    return tokens;
  });
}

Result<bool> SqlPeopleStore::RevokeApiToken(const std::string& id, TimePoint now) {
  return Change("UPDATE api_token SET revoked_at = :now WHERE id = :id AND revoked_at = 0",
                ToMillis(now), id);
}

Result<void> SqlPeopleStore::TouchApiToken(const std::string& id, TimePoint used) {
  return Write([&](Connection& connection) -> Result<void> {
    connection.Execute("UPDATE api_token SET used_at = :used WHERE id = :id", ToMillis(used), id);
    return {};
  });
}

}  // namespace wardcast
