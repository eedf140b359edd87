// Changing alerts: one transaction from the comparison of revisions to the log entry.
#include <algorithm>
#include <atomic>
#include <chrono>
#include <map>
#include <set>
#include <tuple>

#include "base/bytes.h"
#include "base/proto_time.h"
#include "base/ulid.h"
#include "server/store/alert_row.h"
#include "server/store/sql/json_rows.h"
#include "server/store/sql_store.h"
#include "server/store/transaction.h"

namespace wardcast {
namespace {

constexpr auto kRequestsKept = std::chrono::hours(24);

// The alert that a change is about, as it now is.
struct Current {
  StoredAlert stored;
  std::string id;  // empty: a new alert
  std::int64_t closed_at = 0;
};

// What is true of an alert for as long as it is stored, taken out of it for the indexes.
struct Facts {
  std::int64_t published_at = 0;
  std::int64_t closed_at = 0;
  std::int64_t interrupts = 0;
};

Facts FactsOf(const v1::Alert& alert, std::int64_t closed_before, TimePoint now) {
  Facts facts;
  if (alert.published_at().has_at())
    facts.published_at = ToMillis(FromTimestamp(alert.published_at().at()));
  if (alert.state() == v1::State::CLOSED)
    facts.closed_at = closed_before != 0 ? closed_before : std::max<std::int64_t>(1, ToMillis(now));
  const bool strip_only = alert.presentation() == v1::Presentation::TICKER;
  const bool grave =
      alert.severity() == v1::Severity::SEVERE || alert.severity() == v1::Severity::EXTREME;
  const bool drill = alert.status() == v1::Status::EXERCISE;
  facts.interrupts = !strip_only && !grave && !drill ? 1 : 0;
  return facts;
}

void ForgetOldRequests(Connection& connection, TimePoint now) {
  // A few a time, so that no change has to wait for many.
  connection.Execute(
      "DELETE FROM request WHERE (caller, method, request_id) IN"
      " (SELECT caller, method, request_id FROM request WHERE at < :before ORDER BY at LIMIT 20)",
      ToMillis(now - kRequestsKept));
}

// The first result of the same request; nullopt: it is new.
Result<std::optional<AlertChanged>> Replay(Connection& connection, const AlertChange& change) {
  const auto requests = connection.Read<std::string, std::string, std::int64_t>(
      "SELECT hash, alert_id, version FROM request"
      " WHERE caller = :caller AND method = :method AND request_id = :request",
      change.caller, change.method, change.request_id);
  if (requests.empty()) return std::nullopt;
  const auto& [hash, alert_id, version] = requests.front();
  if (hash != change.content_hash) {
    return Fail(Code::kAlreadyExists,
                "request_id " + change.request_id +
                    " was used before with other content; take a new one for a new request");
  }
  const auto rows = connection.Read<std::string, std::string, std::string>(
      std::string("SELECT ") + kSealedColumns +
          " FROM alert_version WHERE alert_id = :id AND version = :version",
      alert_id, version);
  if (rows.empty())
    return Fail(Code::kDataLoss,
                "version " + std::to_string(version) + " of alert " + alert_id + " is missing");
  auto stored = DecodeAlert(rows.front());
  if (!stored) return std::unexpected(stored.error());
  return AlertChanged{.stored = std::move(*stored), .changed = false};
}

Result<Current> Find(Connection& connection, const AlertChange& change) {
  Current current;
  if (change.alert_id.empty() && change.source_key.empty()) return current;
  const std::string select =
      std::string("SELECT id, closed_at, ") + kSealedColumns + " FROM alert WHERE ";
  const std::string lock = ForUpdate(connection.dialect());
  const auto rows =
      !change.alert_id.empty()
          ? connection.Read<std::string, std::int64_t, std::string, std::string, std::string>(
                select + "id = :id" + lock, change.alert_id)
          : connection.Read<std::string, std::int64_t, std::string, std::string, std::string>(
                select + "caller = :caller AND source_key = :key AND closed_at = 0" + lock,
                change.caller, change.source_key);
  if (rows.empty()) {
    if (!change.alert_id.empty()) return Fail(Code::kNotFound, "no such alert: " + change.alert_id);
    return current;
  }
  const auto& [id, closed_at, payload, signature, key_id] = rows.front();
  auto stored = DecodeAlert({payload, signature, key_id});
  if (!stored) return std::unexpected(stored.error());
  return Current{.stored = std::move(*stored), .id = id, .closed_at = closed_at};
}

void RememberRequest(Connection& connection, const AlertChange& change, const v1::Alert& alert) {
  if (change.request_id.empty() || alert.id().empty()) return;
  connection.Execute(
      "INSERT INTO request (caller, method, request_id, hash, alert_id, version, at)"
      " VALUES (:caller, :method, :request, :hash, :alert, :version, :at)",
      change.caller, change.method, change.request_id, change.content_hash, alert.id(),
      std::int64_t{alert.version()}, ToMillis(change.now));
}

void PutAlert(Connection& connection, const AlertChange& change, const StoredAlert& stored,
              const Facts& facts) {
  const std::string payload = ToBase64(stored.sealed.payload());
  const std::string signature = ToBase64(stored.sealed.signature());
  const std::int64_t version = stored.alert.version();
  connection.Execute(
      "INSERT INTO alert (id, version, caller, source_key, published_at, closed_at, interrupts, "
      "payload, signature,"
      " key_id) VALUES (:id, :version, :caller, :key, :published, :closed, :interrupts, :payload, "
      ":signature, :key_id)"
      " ON CONFLICT (id) DO UPDATE SET version = excluded.version, published_at = "
      "excluded.published_at,"
      " closed_at = excluded.closed_at, interrupts = excluded.interrupts, payload = "
      "excluded.payload,"
      " signature = excluded.signature, key_id = excluded.key_id",
      stored.alert.id(), version, change.caller, change.source_key, facts.published_at,
      facts.closed_at, facts.interrupts, payload, signature, stored.sealed.key_id());
  InsertVersion(connection, stored, change.now);
}

// Wards that were ever expected stay, with the interval in which they were.
// `before`: there may be rows of an earlier version.
void PutExpected(Connection& connection, const std::string& alert_id,
                 const std::vector<ExpectedWard>& expected, bool before, TimePoint now) {
  if (expected.empty()) return;
  using enum JsonColumn::Type;
  JsonRows rows;
  for (const ExpectedWard& ward : expected) {
    if (!IsPlainText(ward.ward_id)) throw UnfitText();
    rows.Row().Text("ward", ward.ward_id).Number("endpoints", ward.endpoints);
  }
  const std::string json = rows.Take();
  const std::string list = RowsOf(connection.dialect(), {{"ward", kText}, {"endpoints", kNumber}});
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

}  // namespace

void InsertVersion(Connection& connection, const StoredAlert& stored, TimePoint at) {
  const std::int64_t version = stored.alert.version();
  connection.Execute(
      "INSERT INTO alert_version (alert_id, version, at, payload, signature, key_id)"
      " VALUES (:id, :version, :at, :payload, :signature, :key_id)",
      stored.alert.id(), version, ToMillis(at), ToBase64(stored.sealed.payload()),
      ToBase64(stored.sealed.signature()), stored.sealed.key_id());
}

namespace {

// Counts while it lives.
class UnderWay {
 public:
  explicit UnderWay(std::atomic<int>& count) : count_(count) { ++count_; }
  ~UnderWay() { --count_; }
  UnderWay(const UnderWay&) = delete;
  UnderWay& operator=(const UnderWay&) = delete;

 private:
  std::atomic<int>& count_;
};

// A change that is decided and not numbered yet.
struct Decided {
  const ChangeCall* call;
  Result<AlertChanged>* result;
  Current current;
  std::optional<AlertDecision> decision;  // nullopt: it stays as it is
};

// What was asked, compared with what there is. Writes nothing; what it finds is locked.
Result<std::optional<Decided>> DecideOne(Connection& connection, const ChangeCall& call,
                                         Result<AlertChanged>& result) {
  const AlertChange& change = call.change;
  if (!change.request_id.empty()) {
    auto replay = Replay(connection, change);
    if (!replay) return std::unexpected(replay.error());
    if (*replay) {
      result = std::move(**replay);
      return std::nullopt;
    }
  }
  auto current = Find(connection, change);
  if (!current) return std::unexpected(current.error());
  auto decision = change.decide(current->id.empty() ? nullptr : &current->stored.alert);
  if (!decision) return std::unexpected(decision.error());
  return Decided{&call, &result, std::move(*current), std::move(*decision)};
}

// Numbers, signs and writes; from here on every other change, of every broker, waits.
StoredAlert PutOne(Connection& connection, Decided& decided, const LogEntry& entry,
                   const LogIdentity& log) {
  const AlertChange& change = decided.call->change;
  StoredAlert stored{.sealed = {}, .alert = std::move(decided.decision->alert)};
  stored.alert.set_id(entry.alert_id);
  stored.alert.set_log_id(log.log_id);
  stored.alert.set_generation(log.generation);
  stored.alert.set_version(entry.sequence);
  stored.sealed = decided.call->seal(stored.alert);
  PutAlert(connection, change, stored,
           FactsOf(stored.alert, decided.current.closed_at, change.now));
  PutExpected(connection, stored.alert.id(), decided.decision->expected,
              !decided.current.id.empty(), change.now);
  RememberRequest(connection, change, stored.alert);
  AppendEntry(connection, entry);
  return stored;
}

// What no two changes of one transaction may share: the alert, the key of a new one, the request.
std::vector<std::string> Claims(const Decided& decided) {
  const AlertChange& change = decided.call->change;
  std::vector<std::string> claims;
  if (!decided.current.id.empty()) {
    claims.push_back("alert " + decided.current.id);
  } else if (!change.source_key.empty()) {
    claims.push_back("key " + change.caller + "\n" + change.source_key);
  }
  if (!change.request_id.empty())
    claims.push_back("request " + change.caller + "\n" + change.method + "\n" + change.request_id);
  return claims;
}

bool ByTarget(const ChangeCall* a, const ChangeCall* b) {
  return std::tie(a->change.alert_id, a->change.caller, a->change.source_key) <
         std::tie(b->change.alert_id, b->change.caller, b->change.source_key);
}

}  // namespace

Result<AlertChanged> SqlStore::Change(const AlertChange& change, const SealAlert& seal) {
  const UnderWay under_way(changing_);
  ChangeCall call{.change = change, .seal = seal, .result = Fail(Code::kInternal, "not written")};
  changes_.Run(call, [this](std::span<ChangeCall* const> group) { WriteChanges(group); });
  return std::move(call.result);
}

void SqlStore::WriteChanges(std::span<ChangeCall* const> group) {
  const auto write = [this](std::span<ChangeCall* const> calls) -> Result<void> {
    auto results = Write([&](Connection& connection) { return ApplyChanges(connection, calls); });
    if (!results) return std::unexpected(results.error());
    for (std::size_t i = 0; i < calls.size(); ++i) calls[i]->result = std::move((*results)[i]);
    return {};
  };
  const auto written = write(group);
  if (written) return;
  for (ChangeCall* const& call : group) {
    // One of them fails alone, or two are about the same alert: one by one, then.
    const bool alone = group.size() > 1 && !IsOutage(written.error().code);
    const auto tried = alone ? write({&call, 1}) : written;
    if (!tried) call->result = std::unexpected(tried.error());
  }
}

// In two passes, so that no row is locked while the log's head is held: another broker may hold the
// row and wait for the head. All rows are locked in the same order everywhere.
Result<std::vector<Result<AlertChanged>>> SqlStore::ApplyChanges(
    Connection& connection, std::span<ChangeCall* const> calls) {
  ForgetOldRequests(connection, calls.front()->change.now);
  std::vector<Result<AlertChanged>> results(calls.size());
  std::map<const ChangeCall*, Result<AlertChanged>*> result_of;
  for (std::size_t i = 0; i < calls.size(); ++i) result_of[calls[i]] = &results[i];
  std::vector<const ChangeCall*> ordered(calls.begin(), calls.end());
  std::ranges::stable_sort(ordered, ByTarget);

  std::vector<Decided> all;
  std::set<std::string> claimed;
  for (const ChangeCall* call : ordered) {
    Result<AlertChanged>& result = *result_of[call];
    auto decided = DecideOne(connection, *call, result);
    if (!decided) {
      result = std::unexpected(decided.error());
      continue;
    }
    if (!*decided) continue;
    for (std::string& claim : Claims(**decided)) {
      if (!claimed.insert(std::move(claim)).second)
        return Fail(Code::kAborted, "two changes of one alert");
    }
    all.push_back(std::move(**decided));
  }
  std::optional<LogIdentity> log;
  for (Decided& decided : all) {
    const AlertChange& change = decided.call->change;
    if (!decided.decision) {
      RememberRequest(connection, change, decided.current.stored.alert);
      *decided.result = AlertChanged{.stored = std::move(decided.current.stored), .changed = false};
      continue;
    }
    LogEntry entry{
        .sequence = 0,
        .kind = EntryKind::kAlert,
        .alert_id = decided.current.id.empty() ? NewUlid(change.now) : decided.current.id,
        .tag = RandomHex(8),
        .at = change.now};
    entry.sequence = NextSequence(connection, entry.tag);
    // Read only now: whoever takes a new generation holds the head as well.
    if (!log) {
      log = ReadIdentity(connection);
      Remember(*log);
    }
    *decided.result =
        AlertChanged{.stored = PutOne(connection, decided, entry, *log), .changed = true};
  }
  return results;
}

}  // namespace wardcast
