// Whose authority it is, and the tokens with which machines enrol.
#include "base/proto_time.h"
#include "server/store/alert_row.h"
#include "server/store/enrolment/sql_enrolment_store.h"

namespace wardcast {
namespace {

constexpr const char* kTokenColumns =
    "id, hash, note, site_id, uses, used, created_at, expires_at, revoked_at";

std::vector<EnrolTokenRow> ReadTokens(Connection& connection, const std::string& where,
                                      const auto&... params) {
  std::vector<EnrolTokenRow> tokens;
  for (auto& [id, hash, note, site, uses, used, created, expires, revoked] :
       connection.Read<std::string, std::string, std::string, std::string, std::int64_t,
                       std::int64_t, std::int64_t, std::int64_t, std::int64_t>(
           std::string("SELECT ") + kTokenColumns + " FROM enrol_token " + where, params...)) {
    tokens.push_back({.id = id,
                      .hash = hash,
                      .note = note,
                      .site_id = site,
                      .uses = static_cast<int>(uses),
                      .used = static_cast<int>(used),
                      .created_at = FromMillis(created),
                      .expires_at = FromMillis(expires),
                      .revoked_at = FromMillis(revoked)});
  }
  return tokens;
}

std::string ReadAuthority(Connection& connection) {
  return std::get<0>(
      connection.Read<std::string>("SELECT value FROM meta WHERE name = 'authority'").at(0));
}

}  // namespace

std::unique_ptr<EnrolmentStore> MakeSqlEnrolment(Pool& writers, Pool& readers,
                                                 AppendAccess append) {
  return std::make_unique<SqlEnrolmentStore>(writers, readers, std::move(append));
}

std::optional<EnrolTokenRow> HoldToken(Connection& connection, const std::string& hash) {
  auto found = ReadTokens(connection, "WHERE hash = :hash" + ForUpdate(connection.dialect()), hash);
  if (found.empty()) return std::nullopt;
  return std::move(found.front());
}

Result<std::string> SqlEnrolmentStore::Authority() {
  return Read(
      [](Connection& connection) -> Result<std::string> { return ReadAuthority(connection); });
}

Result<std::string> SqlEnrolmentStore::ClaimAuthority(const std::string& sha256) {
  return Write([&](Connection& connection) -> Result<std::string> {
    connection.Execute("UPDATE meta SET value = :sha256 WHERE name = 'authority' AND value = ''",
                       sha256);
    return ReadAuthority(connection);
  });
}

Result<void> SqlEnrolmentStore::PutEnrolToken(const EnrolTokenRow& token) {
  return Write([&](Connection& connection) -> Result<void> {
    connection.Execute(
        "INSERT INTO enrol_token (id, hash, note, site_id, uses, used, created_at, expires_at, "
        "revoked_at) VALUES (:id, :hash, :note, :site, :uses, :used, :created, :expires, :revoked)",
        token.id, token.hash, token.note, token.site_id, std::int64_t{token.uses},
        std::int64_t{token.used}, ToMillis(token.created_at), ToMillis(token.expires_at),
        ToMillis(token.revoked_at));
    return {};
  });
}

Result<std::vector<EnrolTokenRow>> SqlEnrolmentStore::ListEnrolTokens() {
  return Read([](Connection& connection) -> Result<std::vector<EnrolTokenRow>> {
    return ReadTokens(connection, "ORDER BY id DESC");
  });
}

Result<EnrolTokenRow> SqlEnrolmentStore::RevokeEnrolToken(const std::string& id, TimePoint now) {
  return Write([&](Connection& connection) -> Result<EnrolTokenRow> {
    connection.Execute("UPDATE enrol_token SET revoked_at = :now WHERE id = :id AND revoked_at = 0",
                       ToMillis(now), id);
    auto found = ReadTokens(connection, "WHERE id = :id", id);
    if (found.empty()) return Fail(Code::kNotFound, "there is no enrolment token " + id);
    return std::move(found.front());
  });
}

}  // namespace wardcast
