// Which key is registered for which endpoint.
#include "base/proto_time.h"
#include "server/store/alert_row.h"
#include "server/store/enrolment/sql_enrolment_store.h"

namespace wardcast {
namespace {

constexpr const char* kEnrolmentColumns =
    "registration_id, endpoint_id, key_sha256, host, hardware_serial, site_id, token_id, "
    "certificate_serial, enrolled_at, issued_at, expires_at, revoked_at, revoked_because, browser";

std::vector<EnrolmentRow> ReadEnrolments(Connection& connection, const std::string& where,
                                         const auto&... params) {
  std::vector<EnrolmentRow> rows;
  for (auto& [registration, endpoint, key, host, hardware, site, token, serial, enrolled, issued,
              expires, revoked, because, browser] :
       connection.Read<std::string, std::string, std::string, std::string, std::string, std::string,
                       std::string, std::string, std::int64_t, std::int64_t, std::int64_t,
                       std::int64_t, std::string, std::int64_t>(
           std::string("SELECT ") + kEnrolmentColumns + " FROM enrolment " + where, params...)) {
    rows.push_back({.registration_id = registration,
                    .endpoint_id = endpoint,
                    .key_sha256 = key,
                    .host = host,
                    .hardware_serial = hardware,
                    .site_id = site,
                    .token_id = token,
                    .certificate_serial = serial,
                    .enrolled_at = FromMillis(enrolled),
                    .issued_at = FromMillis(issued),
                    .expires_at = FromMillis(expires),
                    .revoked_at = FromMillis(revoked),
                    .revoked_because = because,
                    .browser = browser != 0});
  }
  return rows;
}

void Revoke(Connection& connection, const std::string& registration_id, const std::string& because,
            TimePoint now) {
  connection.Execute(
      "UPDATE enrolment SET revoked_at = :now, revoked_because = :because WHERE registration_id = "
      ":registration",
      ToMillis(now), because, registration_id);
}

void Insert(Connection& connection, const EnrolmentRow& row) {
  connection.Execute(
      "INSERT INTO enrolment (registration_id, endpoint_id, key_sha256, host, hardware_serial, "
      "site_id, token_id, certificate_serial, enrolled_at, issued_at, expires_at, revoked_at, "
      "revoked_because, browser) VALUES (:registration, :endpoint, :key, :host, :hardware, :site, "
      ":token, '', :enrolled, :issued, :expires, 0, '', :browser)",
      row.registration_id, row.endpoint_id, row.key_sha256, row.host, row.hardware_serial,
      row.site_id, row.token_id, ToMillis(row.enrolled_at), ToMillis(row.issued_at),
      ToMillis(row.expires_at), std::int64_t{row.browser});
}

// What stands in the way of enrolling with this token.
Result<void> CheckToken(const EnrolTokenRow& token, TimePoint now) {
  if (token.revoked_at != TimePoint{}) {
    return Fail(Code::kUnauthenticated, "the enrolment token " + token.id +
                                            " was revoked; make another with `wardcast admin "
                                            "enroll-token`");
  }
  if (token.expires_at <= now) {
    return Fail(Code::kUnauthenticated, "the enrolment token " + token.id + " expired at " +
                                            ToRfc3339(token.expires_at) +
                                            "; make another with `wardcast admin enroll-token`");
  }
  return {};
}

Result<void> CheckUses(const EnrolTokenRow& token) {
  if (token.used < token.uses) return {};
  return Fail(Code::kUnauthenticated,
              "the enrolment token " + token.id + " is used up: " + std::to_string(token.uses) +
                  (token.uses == 1 ? " machine has" : " machines have") +
                  " enrolled with it; make another with `wardcast admin enroll-token --uses N`");
}

bool IsSameMachine(const EnrolmentRow& a, const EnrolmentRow& b) {
  return a.host == b.host && !a.hardware_serial.empty() && a.hardware_serial == b.hardware_serial;
}

std::unexpected<Error> Taken(const EnrolmentRow& by) {
  const std::string who = by.browser
                              ? "another browser (at " + by.host
                              : "another machine (host " + by.host + ", serial number " +
                                    (by.hardware_serial.empty() ? "unknown" : by.hardware_serial);
  return Fail(Code::kAlreadyExists,
              "the endpoint " + by.endpoint_id + " is enrolled from " + who + ", since " +
                  ToRfc3339(by.enrolled_at) +
                  "). If this one takes its place: `wardcast admin revoke-certificate " +
                  by.endpoint_id + "`, and it enrols by itself; else give it another id");
}

std::unexpected<Error> NoToken() {
  return Fail(Code::kUnauthenticated,
              "this enrolment token is not known here; use the line that `wardcast admin "
              "enroll-token` prints");
}

void Register(Connection& connection, const EnrolTokenRow& token, EnrolmentRow& row,
              TimePoint now) {
  row.site_id = token.site_id;
  row.token_id = token.id;
  row.enrolled_at = now;
  Insert(connection, row);
}

void UseUp(Connection& connection, const EnrolTokenRow& token) {
  connection.Execute("UPDATE enrol_token SET used = used + 1 WHERE id = :id", token.id);
}

// The answer that brought the cookie got lost, and the same browser asks again: a moment ago this
// token gave this place to this address.
bool IsRetry(const EnrolmentRow& before, const EnrolmentRow& wanted, const EnrolTokenRow& token,
             TimePoint now) {
  return before.browser && before.endpoint_id == wanted.endpoint_id &&
         before.token_id == token.id && !before.host.empty() && before.host == wanted.host &&
         now - before.enrolled_at <= kBrowserRetryWithin;
}

}  // namespace

Result<EnrolmentStore::Enrolled> SqlEnrolmentStore::Enrol(const std::string& token_hash,
                                                          const EnrolmentRow& wanted,
                                                          TimePoint now) {
  return Write([&](Connection& connection) -> Result<Enrolled> {
    const auto token = HoldToken(connection, token_hash);
    if (!token) return NoToken();
    if (auto fit = CheckToken(*token, now); !fit) return std::unexpected(fit.error());

    // The key is one endpoint's, for good.
    for (EnrolmentRow& row :
         ReadEnrolments(connection, "WHERE key_sha256 = :key", wanted.key_sha256)) {
      if (row.revoked_at != TimePoint{}) {
        return Fail(Code::kPermissionDenied,
                    "this key was revoked (" + row.revoked_because + "); enrol with a new one");
      }
      if (row.endpoint_id != wanted.endpoint_id) {
        return Fail(Code::kAlreadyExists, "this key is the one of the endpoint " + row.endpoint_id +
                                              "; two machines must not have the same (a cloned "
                                              "disk?)");
      }
      return Enrolled{.row = std::move(row), .replaced = {}};
    }
    if (auto left = CheckUses(*token); !left) return std::unexpected(left.error());

    Enrolled enrolled{.row = wanted, .replaced = {}};
    const auto before = ReadEnrolments(
        connection, "WHERE endpoint_id = :endpoint AND revoked_at = 0", wanted.endpoint_id);
    if (!before.empty()) {
      if (!IsSameMachine(before.front(), wanted)) return Taken(before.front());
      enrolled.replaced = before.front().registration_id;
      Revoke(connection, enrolled.replaced, "the machine was set up anew and enrolled again", now);
    }
    Register(connection, *token, enrolled.row, now);
    UseUp(connection, *token);
    if (!enrolled.replaced.empty()) append_(connection, now);
    return enrolled;
  });
}

Result<EnrolmentStore::Enrolled> SqlEnrolmentStore::EnrolBrowser(const std::string& token_hash,
                                                                 const EnrolmentRow& wanted,
                                                                 const std::string& former,
                                                                 TimePoint now) {
  return Write([&](Connection& connection) -> Result<Enrolled> {
    const auto token = HoldToken(connection, token_hash);
    if (!token) return NoToken();
    if (auto fit = CheckToken(*token, now); !fit) return std::unexpected(fit.error());

    Enrolled enrolled{.row = wanted, .replaced = {}};
    enrolled.row.browser = true;
    bool retry = false;
    for (const EnrolmentRow& before : ReadEnrolments(
             connection,
             "WHERE revoked_at = 0 AND (endpoint_id = :endpoint OR registration_id = :former)",
             wanted.endpoint_id, former)) {
      const bool own = before.registration_id == former;
      const bool again = !own && IsRetry(before, wanted, *token, now);
      const bool ended = before.browser && before.expires_at <= now;
      retry = retry || again;
      if (!own && !again && !ended) {
        // Who is refused for the token's sake is told that first.
        if (auto left = CheckUses(*token); !left) return std::unexpected(left.error());
        return Taken(before);
      }
      enrolled.replaced = before.registration_id;
      Revoke(connection, before.registration_id,
             own     ? "the browser enrolled again, as " + wanted.endpoint_id
             : again ? "the browser enrolled again at once: the first answer had not arrived"
                     : "its time was over, and another browser enrolled",
             now);
    }
    if (!retry) {
      if (auto left = CheckUses(*token); !left) return std::unexpected(left.error());
      UseUp(connection, *token);
    }
    Register(connection, *token, enrolled.row, now);
    if (!enrolled.replaced.empty()) append_(connection, now);
    return enrolled;
  });
}

Result<void> SqlEnrolmentStore::NoteCertificate(const std::string& registration_id,
                                                const std::string& serial, TimePoint issued,
                                                TimePoint expires) {
  return Write([&](Connection& connection) -> Result<void> {
    connection.Execute(
        "UPDATE enrolment SET certificate_serial = :serial, issued_at = :issued, expires_at = "
        ":expires WHERE registration_id = :registration",
        serial, ToMillis(issued), ToMillis(expires), registration_id);
    return {};
  });
}

Result<std::optional<EnrolmentRow>> SqlEnrolmentStore::FindEnrolment(
    const std::string& endpoint_id, const std::string& key_sha256) {
  return Read([&](Connection& connection) -> Result<std::optional<EnrolmentRow>> {
    auto rows = ReadEnrolments(connection, "WHERE endpoint_id = :endpoint AND key_sha256 = :key",
                               endpoint_id, key_sha256);
    if (rows.empty()) return std::nullopt;
    return std::move(rows.front());
  });
}

Result<std::optional<EnrolmentRow>> SqlEnrolmentStore::FindBrowser(const std::string& key_sha256) {
  return Read([&](Connection& connection) -> Result<std::optional<EnrolmentRow>> {
    auto rows = ReadEnrolments(connection, "WHERE browser = 1 AND key_sha256 = :key", key_sha256);
    if (rows.empty()) return std::nullopt;
    return std::move(rows.front());
  });
}

Result<EnrolmentRow> SqlEnrolmentStore::RevokeEnrolment(const std::string& endpoint_id,
                                                        const std::string& because, TimePoint now) {
  return Write([&](Connection& connection) -> Result<EnrolmentRow> {
    const std::string of_endpoint = "WHERE endpoint_id = :endpoint ";
    auto rows = ReadEnrolments(connection,
                               of_endpoint + "AND revoked_at = 0" + ForUpdate(connection.dialect()),
                               endpoint_id);
    if (rows.empty()) {
      rows = ReadEnrolments(connection, of_endpoint + "ORDER BY registration_id DESC LIMIT 1",
                            endpoint_id);
      if (rows.empty())
        return Fail(Code::kNotFound, "no endpoint " + endpoint_id + " has ever enrolled");
      return std::move(rows.front());
    }
    EnrolmentRow& row = rows.front();
    row.revoked_at = now;
    row.revoked_because = because;
    Revoke(connection, row.registration_id, because, now);
    append_(connection, now);
    return std::move(row);
  });
}

Result<std::vector<EnrolmentRow>> SqlEnrolmentStore::ListEnrolments(const std::string& endpoint_id,
                                                                    bool include_revoked,
                                                                    const Place& after, int limit) {
  return Read([&](Connection& connection) -> Result<std::vector<EnrolmentRow>> {
    return ReadEnrolments(
        connection,
        std::string("WHERE (endpoint_id = :endpoint OR :every = '') AND (endpoint_id > :after OR "
                    "(endpoint_id = :at AND registration_id > :registration))") +
            (include_revoked ? "" : " AND revoked_at = 0") +
            " ORDER BY endpoint_id, registration_id LIMIT " + std::to_string(limit),
        endpoint_id, endpoint_id, after.endpoint_id, after.endpoint_id, after.registration_id);
  });
}

Result<std::vector<EnrolmentStore::Standing>> SqlEnrolmentStore::LoadStandings(TimePoint now) {
  return Read([&](Connection& connection) -> Result<std::vector<Standing>> {
    std::vector<Standing> standings;
    for (auto& [registration, endpoint, revoked, browser, key, expires, site] :
         connection.Read<std::string, std::string, std::int64_t, std::int64_t, std::string,
                         std::int64_t, std::string>(
             "SELECT registration_id, endpoint_id, revoked_at, browser, key_sha256, expires_at, "
             "site_id FROM enrolment WHERE revoked_at = 0 OR expires_at > :now",
             ToMillis(now))) {
      standings.push_back({.registration_id = registration,
                           .endpoint_id = endpoint,
                           .revoked = revoked != 0,
                           .browser_key = browser != 0 ? key : std::string(),
                           .expires_at = FromMillis(expires),
                           .site_id = site});
    }
    return standings;
  });
}

}  // namespace wardcast
