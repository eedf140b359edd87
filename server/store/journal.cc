// The journal in the store: what endpoints reported, and the sums of it.
#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "base/bytes.h"
#include "base/proto_time.h"
#include "server/store/alert_row.h"
#include "server/store/sql/json_rows.h"
#include "server/store/sql_store.h"
#include "server/store/transaction.h"

namespace wardcast {
namespace {

using Kind = v1::Receipt::Kind;
using enum JsonColumn::Type;

// (alert, round, ward)
using CountKey = std::tuple<std::string, std::int64_t, std::string>;

// SEEN implies DISPLAYED implies DELIVERED: the implied receipts are rows too, so that the sums are
// right.
std::vector<Kind::Value> WithImplied(Kind::Value kind) {
  switch (kind) {
    case Kind::SEEN:
      return {Kind::DELIVERED, Kind::DISPLAYED, Kind::SEEN};
    case Kind::DISPLAYED:
      return {Kind::DELIVERED, Kind::DISPLAYED};
    default:
      return {kind};
  }
}

void CheckPlain(std::initializer_list<const std::string*> texts) {
  for (const std::string* text : texts) {
    if (!IsPlainText(*text)) throw UnfitText();
  }
}

// Inserts what is new and counts it. Rows go in by key, so that two brokers never wait for each
// other crosswise.
std::map<CountKey, WardCount> InsertReceipts(Connection& connection, const JournalBatch& batch) {
  using Key = std::tuple<std::string, std::int64_t, std::string, std::int64_t>;
  std::map<Key, const ReceiptRow*> sorted;
  for (const ReceiptRow& receipt : batch.receipts) {
    CheckPlain({&receipt.alert_id, &receipt.endpoint_id, &receipt.ward_id});
    for (const Kind::Value kind : WithImplied(receipt.kind)) {
      sorted.try_emplace({receipt.alert_id, receipt.round, receipt.endpoint_id, kind}, &receipt);
    }
  }
  std::map<CountKey, WardCount> counts;
  if (sorted.empty()) return counts;
  JsonRows rows;
  for (const auto& [key, receipt] : sorted) {
    const auto& [alert_id, round, endpoint_id, kind] = key;
    rows.Row()
        .Text("alert", alert_id)
        .Number("round", round)
        .Text("endpoint", endpoint_id)
        .Number("kind", kind)
        .Text("ward", receipt->ward_id)
        .Number("time", ToMillis(receipt->endpoint_time));
  }
  const auto inserted = connection.Read<std::string, std::int64_t, std::string, std::int64_t>(
      "INSERT INTO receipt (alert_id, round, endpoint_id, kind, ward_id, endpoint_at, at)"
      " SELECT alert, round, endpoint, kind, ward, time, CAST(:now AS BIGINT) FROM " +
          RowsOf(connection.dialect(), {{"alert", kText},
                                        {"round", kNumber},
                                        {"endpoint", kText},
                                        {"kind", kNumber},
                                        {"ward", kText},
                                        {"time", kNumber}}) +
          " WHERE 1 = 1 ON CONFLICT DO NOTHING RETURNING alert_id, round, ward_id, kind",
      ToMillis(batch.now), rows.Take());
  for (const auto& [alert_id, round, ward_id, kind] : inserted) {
    WardCount& count = counts[{alert_id, round, ward_id}];
    if (kind == Kind::DELIVERED) ++count.delivered;
    if (kind == Kind::DISPLAYED) ++count.displayed;
    if (kind == Kind::SEEN) ++count.seen;
  }
  return counts;
}

// Inserts what is new, with version 0 until the version is known. True if anything was new.
bool InsertAnswers(Connection& connection, const JournalBatch& batch) {
  struct Placed {
    const AnswerRow* row;
    std::int64_t ordinal;  // place in the batch: the order within one version
  };
  std::map<std::string, Placed> sorted;
  for (std::size_t i = 0; i < batch.answers.size(); ++i) {
    const AnswerRow& row = batch.answers[i];
    CheckPlain({&row.id, &row.endpoint_id, &row.answer.alert_id(), &row.answer.ward_id()});
    sorted.try_emplace(row.id, &row, static_cast<std::int64_t>(i));
  }
  if (sorted.empty()) return false;
  JsonRows rows;
  for (const auto& [id, placed] : sorted) {
    v1::WardAnswer answer = placed.row->answer;
    answer.clear_answer_version();
    if (!answer.has_at()) *answer.mutable_at() = ToTimestamp(batch.now);
    rows.Row()
        .Text("id", id)
        .Number("ordinal", placed.ordinal)
        .Text("alert", answer.alert_id())
        .Text("ward", answer.ward_id())
        .Number("round", answer.round())
        .Text("endpoint", placed.row->endpoint_id)
        .Number("response", answer.response())
        .Number("pressed", ToMillis(placed.row->pressed_at))
        .Text("body", ToBase64(answer.SerializeAsString()));
  }
  const auto inserted = connection.Read<std::string>(
      "INSERT INTO answer (id, answer_version, ordinal, alert_id, ward_id, round, endpoint_id, at, "
      "response, pressed_at, body)"
      " SELECT id, 0, ordinal, alert, ward, round, endpoint, CAST(:now AS BIGINT), response, "
      "pressed, body FROM " +
          RowsOf(connection.dialect(), {{"id", kText},
                                        {"ordinal", kNumber},
                                        {"alert", kText},
                                        {"ward", kText},
                                        {"round", kNumber},
                                        {"endpoint", kText},
                                        {"response", kNumber},
                                        {"pressed", kNumber},
                                        {"body", kText}}) +
          " WHERE 1 = 1 ON CONFLICT DO NOTHING RETURNING id",
      ToMillis(batch.now), rows.Take());
  return !inserted.empty();
}

void AddToProgress(Connection& connection, const std::map<CountKey, WardCount>& counts,
                   const std::string& broker, JournalVersion version) {
  if (counts.empty()) return;
  JsonRows rows;
  for (const auto& [key, count] : counts) {
    const auto& [alert_id, round, ward_id] = key;
    rows.Row()
        .Text("alert", alert_id)
        .Number("round", round)
        .Text("ward", ward_id)
        .Number("d", count.delivered)
        .Number("p", count.displayed)
        .Number("s", count.seen);
  }
  connection.Execute(
      "INSERT INTO progress (alert_id, round, ward_id, broker, delivered, displayed, seen, changed)"
      " SELECT alert, round, ward, CAST(:broker AS TEXT), d, p, s, CAST(:version AS BIGINT) FROM " +
          RowsOf(connection.dialect(), {{"alert", kText},
                                        {"round", kNumber},
                                        {"ward", kText},
                                        {"d", kNumber},
                                        {"p", kNumber},
                                        {"s", kNumber}}) +
          " WHERE 1 = 1 ON CONFLICT (alert_id, round, ward_id, broker) DO UPDATE SET"
          " delivered = progress.delivered + excluded.delivered, displayed = progress.displayed + "
          "excluded.displayed,"
          " seen = progress.seen + excluded.seen, changed = excluded.changed",
      broker, version, rows.Take());
}

using AnswerColumns = std::vector<std::tuple<std::string, std::int64_t>>;

Result<std::vector<v1::WardAnswer>> DecodeAnswers(const AnswerColumns& rows) {
  std::vector<v1::WardAnswer> answers;
  answers.reserve(rows.size());
  for (const auto& [body, version] : rows) {
    auto answer = DecodeMessage<v1::WardAnswer>(body);
    if (!answer) return std::unexpected(answer.error());
    answer->set_answer_version(version);
    answers.push_back(std::move(*answer));
  }
  return answers;
}

}  // namespace

Result<JournalVersion> SqlStore::Record(const JournalBatch& batch) {
  return Write([&](Connection& connection) -> Result<JournalVersion> {
    const std::map<CountKey, WardCount> counts = InsertReceipts(connection, batch);
    const bool answered = InsertAnswers(connection, batch);
    if (counts.empty() && !answered) {
      return std::get<0>(connection.Read<std::int64_t>("SELECT version FROM journal_head").at(0));
    }
    // From here on every other group waits.
    const JournalVersion version = std::get<0>(
        connection
            .Read<std::int64_t>(
                "UPDATE journal_head SET version = version + 1, tag = :tag WHERE one = 1 RETURNING "
                "version",
                RandomHex(8))
            .at(0));
    if (answered)
      connection.Execute("UPDATE answer SET answer_version = :version WHERE answer_version = 0",
                         version);
    AddToProgress(connection, counts, batch.broker_id, version);
    return version;
  });
}

Result<JournalDelta> SqlStore::ReadJournal(JournalVersion after) {
  return ReadSnapshot([&](Connection& connection) -> Result<JournalDelta> {
    JournalDelta delta;
    delta.version =
        std::get<0>(connection.Read<std::int64_t>("SELECT version FROM journal_head").at(0));
    auto answers = DecodeAnswers(connection.Read<std::string, std::int64_t>(
        "SELECT body, answer_version FROM answer WHERE answer_version > :after ORDER BY "
        "answer_version, ordinal",
        after));
    if (!answers) return std::unexpected(answers.error());
    delta.answers = std::move(*answers);
    std::set<std::string> changed;
    for (const v1::WardAnswer& answer : delta.answers) changed.insert(answer.alert_id());
    for (const auto& [alert_id] : connection.Read<std::string>(
             "SELECT DISTINCT alert_id FROM progress WHERE changed > :after", after)) {
      changed.insert(alert_id);
    }
    delta.changed_alerts.assign(changed.begin(), changed.end());
    return delta;
  });
}

Result<std::optional<v1::WardAnswer>> SqlStore::FindAnswer(const std::string& id) {
  return Read([&](Connection& connection) -> Result<std::optional<v1::WardAnswer>> {
    auto answers = DecodeAnswers(connection.Read<std::string, std::int64_t>(
        "SELECT body, answer_version FROM answer WHERE id = :id", id));
    if (!answers) return std::unexpected(answers.error());
    if (answers->empty()) return std::nullopt;
    return std::move(answers->front());
  });
}

Result<std::vector<v1::WardAnswer>> SqlStore::LoadAnswers(const std::string& alert_id) {
  return Read([&](Connection& connection) {
    return DecodeAnswers(connection.Read<std::string, std::int64_t>(
        "SELECT body, answer_version FROM answer WHERE alert_id = :alert ORDER BY answer_version, "
        "ordinal",
        alert_id));
  });
}

Result<std::vector<v1::WardAnswer>> SqlStore::LoadCurrentAnswers(TimePoint closed_since) {
  return Read([&](Connection& connection) {
    return DecodeAnswers(connection.Read<std::string, std::int64_t>(
        "SELECT w.body, w.answer_version FROM answer w JOIN alert a ON a.id = w.alert_id"
        " WHERE a.closed_at = 0 OR a.closed_at >= :since ORDER BY w.answer_version, w.ordinal",
        ToMillis(closed_since)));
  });
}

Result<std::vector<WardCount>> SqlStore::LoadCounts(const std::string& alert_id, int round) {
  return Read([&](Connection& connection) -> Result<std::vector<WardCount>> {
    std::vector<WardCount> counts;
    for (const auto& [ward_id, delivered, displayed, seen] :
         connection.Read<std::string, std::int64_t, std::int64_t, std::int64_t>(
             "SELECT ward_id, CAST(SUM(delivered) AS BIGINT), CAST(SUM(displayed) AS BIGINT), "
             "CAST(SUM(seen) AS BIGINT)"
             " FROM progress WHERE alert_id = :alert AND round = :round GROUP BY ward_id ORDER BY "
             "ward_id",
             alert_id, std::int64_t{round})) {
      counts.push_back({.ward_id = ward_id,
                        .delivered = static_cast<int>(delivered),
                        .displayed = static_cast<int>(displayed),
                        .seen = static_cast<int>(seen)});
    }
    return counts;
  });
}

Result<std::vector<EndpointReceipts>> SqlStore::LoadReceipts(const std::string& alert_id,
                                                             int round) {
  return Read([&](Connection& connection) -> Result<std::vector<EndpointReceipts>> {
    std::vector<EndpointReceipts> receipts;
    for (const auto& [endpoint_id, kind, at] :
         connection.Read<std::string, std::int64_t, std::int64_t>(
             "SELECT endpoint_id, kind, at FROM receipt WHERE alert_id = :alert AND round = :round"
             " ORDER BY endpoint_id",
             alert_id, std::int64_t{round})) {
      if (receipts.empty() || receipts.back().endpoint_id != endpoint_id)
        receipts.push_back({.endpoint_id = endpoint_id});
      const TimePoint time{std::chrono::milliseconds(at)};
      if (kind == Kind::DELIVERED) receipts.back().delivered = time;
      if (kind == Kind::DISPLAYED) receipts.back().displayed = time;
      if (kind == Kind::SEEN) receipts.back().seen = time;
    }
    return receipts;
  });
}

}  // namespace wardcast
