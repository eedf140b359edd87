#include "server/store/alerts/put_alert.h"

#include <algorithm>

#include "base/bytes.h"
#include "base/proto_time.h"
#include "server/store/alert_row.h"
#include "server/store/sql/json_rows.h"

namespace wardcast {
namespace {

bool IsDraft(const v1::Alert& alert) {
  return alert.state() == v1::State::DRAFT || alert.state() == v1::State::PENDING_APPROVAL;
}

// Who has written something of the version that this change brings; empty: nobody.
std::string EditorOf(const AlertChange& change) {
  const bool author = change.steps.empty() && change.authorship == Authorship::kAuthor;
  return author ? change.caller : std::string();
}

}  // namespace

AlertFacts FactsOf(const v1::Alert& alert, const AlertFacts& before, TimePoint now) {
  AlertFacts facts;
  const bool closed = alert.state() == v1::State::CLOSED;
  if (closed)
    facts.closed_at =
        before.closed_at != 0 ? before.closed_at : std::max<std::int64_t>(1, ToMillis(now));
  // What is taken back as a draft was never sent.
  facts.draft = closed ? before.draft : IsDraft(alert) ? 1 : 0;
  const bool on_wards =
      alert.state() == v1::State::ACTIVE || alert.state() == v1::State::RECOVERING;
  // What closes, or waits for its time, without having been on the wards is no notice to them.
  facts.published_at = before.published_at;
  if (on_wards && alert.published_at().has_at())
    facts.published_at = ToMillis(FromTimestamp(alert.published_at().at()));
  const bool strip_only = alert.presentation() == v1::Presentation::TICKER;
  const bool grave =
      alert.severity() == v1::Severity::SEVERE || alert.severity() == v1::Severity::EXTREME;
  const bool drill = alert.status() == v1::Status::EXERCISE;
  facts.interrupts = !strip_only && !grave && !drill ? 1 : 0;
  return facts;
}

void PutAlert(Connection& connection, const AlertChange& change, const StoredAlert& stored,
              const AlertFacts& facts) {
  const std::string payload = ToBase64(stored.sealed.payload());
  const std::string signature = ToBase64(stored.sealed.signature());
  const std::int64_t version = stored.alert.version();
  connection.Execute(
      "INSERT INTO alert (id, version, caller, source_key, published_at, closed_at, interrupts,"
      " draft, payload, signature, key_id) VALUES (:id, :version, :caller, :key, :published,"
      " :closed, :interrupts, :draft, :payload, :signature, :key_id)"
      " ON CONFLICT (id) DO UPDATE SET version = excluded.version,"
      " published_at = excluded.published_at, closed_at = excluded.closed_at,"
      " interrupts = excluded.interrupts, draft = excluded.draft, payload = excluded.payload,"
      " signature = excluded.signature, key_id = excluded.key_id",
      stored.alert.id(), version, change.caller, change.source_key, facts.published_at,
      facts.closed_at, facts.interrupts, facts.draft, payload, signature, stored.sealed.key_id());
  InsertVersion(connection, stored, EditorOf(change), change.now);
}

void PutExpected(Connection& connection, const std::string& alert_id,
                 const std::vector<ExpectedWard>& expected, bool before, TimePoint now) {
  if (expected.empty()) return;
  JsonPairs pairs;
  for (const ExpectedWard& ward : expected) {
    if (!IsPlainText(ward.ward_id)) throw UnfitText();
    pairs.Add(ward.ward_id, ward.endpoints);
  }
  const std::string json = pairs.Take();
  const std::string list = PairsOf(connection.dialect(), "ward", "endpoints");
  connection.Execute(
      "INSERT INTO alert_expected (alert_id, ward_id, endpoints, since_at, until_at)"
      " SELECT CAST(:alert AS TEXT), ward, endpoints, CAST(:now AS BIGINT), 0 FROM " +
          list +
          " WHERE 1 = 1 ON CONFLICT (alert_id, ward_id) DO UPDATE SET endpoints = "
          "excluded.endpoints, until_at = 0",
      alert_id, ToMillis(now), json);
  if (!before) return;
  connection.Execute(
      "UPDATE alert_expected SET until_at = :now WHERE alert_id = :alert AND "
      "until_at = 0 AND ward_id NOT IN (SELECT ward FROM " +
          list + ")",
      ToMillis(now), alert_id, json);
}

void InsertVersion(Connection& connection, const StoredAlert& stored, const std::string& editor,
                   TimePoint at) {
  const std::int64_t version = stored.alert.version();
  connection.Execute(
      "INSERT INTO alert_version (alert_id, version, caller, at, payload, signature, key_id)"
      " VALUES (:id, :version, :caller, :at, :payload, :signature, :key_id)",
      stored.alert.id(), version, editor, ToMillis(at), ToBase64(stored.sealed.payload()),
      ToBase64(stored.sealed.signature()), stored.sealed.key_id());
}

}  // namespace wardcast
