// Changing alerts: one transaction from the comparison of revisions to the log entry.
#include <algorithm>
#include <atomic>
#include <map>
#include <set>
#include <tuple>

#include "base/bytes.h"
#include "base/ulid.h"
#include "server/store/alert_row.h"
#include "server/store/alerts/attached_sources.h"
#include "server/store/alerts/editors.h"
#include "server/store/alerts/put_alert.h"
#include "server/store/alerts/request_log.h"
#include "server/store/alerts/same_matter.h"
#include "server/store/alerts/step_log.h"
#include "server/store/sql_store.h"
#include "server/store/transaction.h"

namespace wardcast {
namespace {

// The alert that a change is about, as it now is.
struct Current {
  StoredAlert stored;
  std::string id;  // empty: a new alert
  std::string creator;
  AlertFacts facts;

  // Written and not sent, and not taken back.
  bool held() const { return facts.draft == 1 && facts.closed_at == 0; }
};

// The first result of the same request; nullopt: it is new.
Result<std::optional<AlertChanged>> Replay(Connection& connection, const AlertChange& change) {
  if (change.request_id.empty()) return std::nullopt;
  const auto row = FindRequest(connection, change);
  if (!row) return std::unexpected(row.error());
  if (!*row) return std::nullopt;
  auto stored = DecodeAlert(**row);
  if (!stored) return std::unexpected(stored.error());
  AlertChanged first{.stored = std::move(*stored), .changed = false};
  first.same_matter = change.same_matter && change.same_matter->then == SameMatter::Then::kAttach &&
                      CreatorOf(connection, first.stored.alert.id()) != change.caller;
  return first;
}

Result<Current> Find(Connection& connection, const AlertChange& change) {
  Current current;
  if (change.alert_id.empty() && change.source_key.empty()) return current;
  const std::string select = std::string("SELECT id, caller, published_at, closed_at, draft, ") +
                             kSealedColumns + " FROM alert WHERE ";
  const std::string lock = ForUpdate(connection.dialect());
  const auto read = [&](const std::string& which, const auto&... keys) {
    return connection.Read<std::string, std::string, std::int64_t, std::int64_t, std::int64_t,
                           std::string, std::string, std::string>(select + which + lock, keys...);
  };
  const auto rows = !change.alert_id.empty()
                        ? read("id = :id", change.alert_id)
                        : read("caller = :caller AND source_key = :key AND closed_at = 0",
                               change.caller, change.source_key);
  if (rows.empty()) {
    if (!change.alert_id.empty()) return Fail(Code::kNotFound, "no such alert: " + change.alert_id);
    return current;
  }
  const auto& [id, creator, published_at, closed_at, draft, payload, signature, key_id] =
      rows.front();
  auto stored = DecodeAlert({payload, signature, key_id});
  if (!stored) return std::unexpected(stored.error());
  return Current{
      .stored = std::move(*stored),
      .id = id,
      .creator = creator,
      .facts = {
          .published_at = published_at, .closed_at = closed_at, .interrupts = 0, .draft = draft}};
}

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
  std::vector<StepRow> steps;             // that it takes
};

// The same for what the clock does or has missed: those steps that nobody has taken, and what they
// lead to. The alert is locked, so that of several brokers one sees them as fresh.
Result<std::optional<Decided>> TakeSteps(Connection& connection, const ChangeCall& call,
                                         Current current, Result<AlertChanged>& result) {
  const AlertChange& change = call.change;
  if (current.id.empty()) return Fail(Code::kNotFound, "steps without an alert");
  std::vector<StepRow> fresh = FreshSteps(connection, current.id, change.steps);
  if (fresh.empty()) {
    result = AlertChanged{.stored = std::move(current.stored), .changed = false};
    return std::nullopt;
  }
  auto decision = change.take_steps(current.stored.alert, fresh);
  if (!decision) return std::unexpected(decision.error());
  return Decided{&call, &result, std::move(current), std::move(*decision), std::move(fresh)};
}

// The open alert that is what `change` would bring; nullopt: there is none, or nobody asks. That
// a machine's key belongs to it is written at once, before the log's head is held.
Result<std::optional<AlertChanged>> TakeSameMatter(Connection& connection,
                                                   const AlertChange& change,
                                                   const Current& current) {
  if (!change.same_matter || (!current.id.empty() && !current.held())) return std::nullopt;
  auto open = FindSameMatter(connection, change);
  if (!open) return std::unexpected(open.error());
  if (!*open) return std::nullopt;
  AlertChanged found{.stored = std::move(**open), .changed = false, .same_matter = true};
  if (change.same_matter->then == SameMatter::Then::kAttach) {
    const std::string& id = found.stored.alert.id();
    AttachSource(connection, change.caller, change.source_key, id, change.now);
    RememberRequest(connection, change, found.stored.alert);
  }
  return found;
}

// What was asked, compared with what there is. Changes no alert; what it finds is locked.
Result<std::optional<Decided>> DecideOne(Connection& connection, const ChangeCall& call,
                                         Result<AlertChanged>& result) {
  const AlertChange& change = call.change;
  auto replay = Replay(connection, change);
  if (!replay) return std::unexpected(replay.error());
  if (*replay) {
    result = std::move(**replay);
    return std::nullopt;
  }
  auto current = Find(connection, change);
  if (!current) return std::unexpected(current.error());
  if (!change.steps.empty()) return TakeSteps(connection, call, std::move(*current), result);
  auto same = TakeSameMatter(connection, change, *current);
  if (!same) return std::unexpected(same.error());
  if (*same) {
    result = std::move(**same);
    return std::nullopt;
  }
  if (change.hear_editors && !current->id.empty())
    change.hear_editors(ReadEditors(connection, current->id));
  auto decision = change.decide(current->id.empty() ? nullptr : &current->stored.alert);
  if (!decision) return std::unexpected(decision.error());
  return Decided{&call, &result, std::move(*current), std::move(*decision), {}};
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
  PutAlert(connection, change, stored, FactsOf(stored.alert, decided.current.facts, change.now));
  PutExpected(connection, stored.alert.id(), decided.decision->expected,
              !decided.current.id.empty(), change.now);
  RecordSteps(connection, stored.alert.id(), decided.steps, change.now);
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

// Whether `decided` finds among those before it, of the same transaction, what it would bring: they
// are not written yet, so FindSameMatter does not see them.
bool BringsTheSame(const Decided& decided, const std::vector<Decided>& before) {
  const AlertChange& change = decided.call->change;
  if (!change.same_matter || (!decided.current.id.empty() && !decided.current.held())) return false;
  return std::ranges::any_of(before, [&](const Decided& one) {
    const std::string& creator =
        one.current.id.empty() ? one.call->change.caller : one.current.creator;
    return one.decision && change.same_matter->is(one.decision->alert, creator);
  });
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
  // Before anything else is locked, so that nobody waits crosswise.
  if (std::ranges::any_of(
          calls, [](const ChangeCall* call) { return call->change.same_matter.has_value(); }))
    LockMatters(connection);
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
    if (BringsTheSame(**decided, all)) return Fail(Code::kAborted, "two alerts of one matter");
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
