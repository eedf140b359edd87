// What the link tells: committed in one transaction, then applied, then reported.
#include <algorithm>
#include <utility>

#include "agent/station/desk.h"
#include "agent/station/gatekeeper.h"
#include "base/log.h"
#include "base/proto_time.h"
#include "base/ulid.h"

namespace wardcast::agent {
namespace {

constexpr std::chrono::seconds kFetchAgain{5};
constexpr int kFirstRound = 1;  // of an alert that is not held: its payload is not read
constexpr std::chrono::minutes kNoteContactEvery{5};

}  // namespace

v1::SubscribeRequest Desk::Greet() {
  v1::SubscribeRequest request;
  *request.mutable_endpoint() = config_.info;
  request.mutable_endpoint()->set_screen_state(ToWire(screen_.Greet()));
  *request.mutable_endpoint()->mutable_clock() = ToTimestamp(SystemClock().Now());
  for (v1::Known& known : KnownOf(holdings_)) *request.add_known() = std::move(known);
  request.set_max_seen_sequence(sync_point_.sequence);
  request.set_max_seen_log_id(sync_point_.log_id);
  request.set_max_seen_generation(sync_point_.generation);
  return request;
}

// The first message says which log the broker serves, and which life of it; so does the one after
// it has taken a new life. Numbers of another one say nothing here.
bool Desk::MeetLog(const v1::SubscribeResponse& message) {
  if (message.log_id().empty()) return false;
  if (sync_point_.log_id == message.log_id() && sync_point_.generation == message.generation())
    return false;
  sync_point_ = {message.log_id(), message.generation(), 0};
  fetch_settings_at_ = now_.elapsed;
  fetch_procedures_at_ = now_.elapsed;
  Reopen();
  return true;
}

// A new life of the log may have lost what an earlier one had confirmed.
void Desk::Reopen() {
  const OutboxChange again = outbox_.Reopen(sync_point_.log_id, sync_point_.generation);
  if (again.empty()) return;
  SPDLOG_INFO("the broker serves generation {} of its log: {} reports are sent again",
              sync_point_.generation, again.put.size());
  CacheChange change;
  change.outbox = again;
  Commit(change);
}

// The round that is asked about, if a true version of the alert is held.
Desk::Subject Desk::Rejected(const std::string& claimed_id) const {
  const auto held = holdings_.find(claimed_id);
  if (held == holdings_.end())
    return {claimed_id, sync_point_.log_id, sync_point_.generation, kFirstRound};
  const v1::Alert& alert = held->second.alert;
  return About(alert, RoundAt(alert, WardOf(settings_ ? &*settings_ : nullptr)).round);
}

Incoming Desk::AdmitAll(const v1::SubscribeResponse& message, std::vector<OutboxItem>& rejected) {
  Incoming incoming;
  incoming.synced = message.synced();
  incoming.log_id = sync_point_.log_id;
  incoming.removed.assign(message.removed().begin(), message.removed().end());
  incoming.answers.assign(message.answers().begin(), message.answers().end());
  for (const v1::SignedAlert& signed_alert : message.alerts()) {
    auto admitted =
        Admit(key_, {signed_alert.payload(), signed_alert.signature(), signed_alert.key_id()});
    if (admitted) {
      incoming.alerts.push_back(std::move(*admitted));
      continue;
    }
    const std::string claimed = ClaimedAlertId(signed_alert.payload()).value_or("");
    SPDLOG_ERROR("an alert is not shown (it claims the id {}): {}", claimed.empty() ? "?" : claimed,
                 admitted.error().message);
    ledger_.Write({"rejected", claimed, 0, 0});
    if (claimed.empty()) continue;
    if (auto receipt = Draft(Rejected(claimed), v1::Receipt::Kind::REJECTED)) {
      rejected.push_back(std::move(*receipt));
    }
  }
  return incoming;
}

void Desk::Received(const v1::SubscribeResponse& message) {
  if (message.has_server_time()) {
    now_.time = FromTimestamp(message.server_time());
    clock_.Correct(now_.time, now_.elapsed);
  }
  const bool met_log = MeetLog(message);
  std::vector<OutboxItem> rejected;
  const Incoming incoming = AdmitAll(message, rejected);
  const Difference difference = Reconcile(holdings_, incoming);
  Take(message, difference, met_log, std::move(rejected));

  if (message.synced() || link_->connected()) {
    confirmation_.confirmed[sync_point_.log_id] = now_.time;
    contact_.Heard(now_, ClassOf(settings_ ? &*settings_ : nullptr));
  }
  if (message.synced()) {
    if (said_lost_ || !shown_ || !shown_->contact.connected)
      SPDLOG_INFO("in contact with a broker");
    said_lost_ = false;
    report_backoff_.Reset();
  }
  const bool told = message.synced() || message.settings_version() != 0;
  if (told && (!settings_ || settings_->version() != message.settings_version()))
    fetch_settings_at_ = now_.elapsed;
  const bool told_procedures = message.synced() || message.procedures_version() != 0;
  if (told_procedures && (!procedures_ || procedures_->version() != message.procedures_version())) {
    fetch_procedures_at_ = now_.elapsed;
  }
}

void Desk::Take(const v1::SubscribeResponse& message, const Difference& difference, bool met_log,
                std::vector<OutboxItem> rejected) {
  CacheChange change;
  change.remove_alerts = difference.remove;
  change.answers = difference.answers;
  std::vector<OutboxItem> receipts = std::move(rejected);
  const std::string ward_id = WardOf(settings_ ? &*settings_ : nullptr);
  for (const VerifiedAlert& put : difference.put) {
    change.put_alerts.emplace_back(put.alert.id(), put.bytes);
    if (StageOf(put.alert) == Stage::kClosing) continue;
    const int round = RoundAt(put.alert, ward_id).round;
    if (auto receipt = Draft(About(put.alert, round), v1::Receipt::Kind::DELIVERED)) {
      receipts.push_back(std::move(*receipt));
    }
  }
  change.outbox.put = receipts;
  const bool further = message.sequence() > sync_point_.sequence;
  if (further) sync_point_.sequence = message.sequence();
  const bool content = !difference.empty() || !receipts.empty();
  if (message.synced() || met_log || (further && content)) change.sync_point = sync_point_;
  // A heartbeat costs no write, but a PC that is switched off should know within minutes how old
  // its cache is.
  if (content || change.sync_point || now_.time - noted_contact_ > kNoteContactEvery) {
    change.last_confirmed = now_.time;
    noted_contact_ = now_.time;
    if (Commit(change)) {
      for (OutboxItem& item : receipts) outbox_.Put(std::move(item));
      if (!receipts.empty()) Gather(kReceiptsGather);
    }
  }
  for (const VerifiedAlert& put : difference.put) {
    ledger_.Write({"applied", put.alert.id(), put.alert.version(),
                   RoundAt(put.alert, ward_id).round, v1::State::Value_Name(put.alert.state())});
  }
  for (const std::string& id : difference.remove) ledger_.Write({"removed", id});
  Apply(difference, holdings_);
  Forget(difference);
}

// Nobody asks again about what is over.
void Desk::Forget(const Difference& difference) {
  CacheChange change;
  const auto forget = [&](const std::string& id) {
    const OutboxChange gone = outbox_.Forget(id);
    change.outbox.remove.insert(change.outbox.remove.end(), gone.remove.begin(), gone.remove.end());
  };
  for (const VerifiedAlert& put : difference.put) {
    if (StageOf(put.alert) == Stage::kClosing) forget(put.alert.id());
  }
  for (const std::string& id : difference.remove) forget(id);
  if (!change.outbox.empty()) Commit(change);
}

void Desk::Lost(const LinkLoss& loss) {
  if (loss.retry_after) {
    SPDLOG_INFO("broker {} closes for about {} s", loss.broker, loss.retry_after->count() / 1000);
    contact_.Draining(now_, *loss.retry_after);
  } else if (!said_lost_) {
    SPDLOG_WARN("no contact with broker {}: {}; trying again until it answers", loss.broker,
                LogSafe(loss.error.message));
    said_lost_ = true;
  } else {
    SPDLOG_DEBUG("no contact with broker {}: {}", loss.broker, LogSafe(loss.error.message));
  }
}

void Desk::Reported(Result<v1::ReportResponse> result) {
  reporting_ = false;
  if (!result) {
    SPDLOG_WARN("a report was not taken: {}; it is sent again", LogSafe(result.error().message));
    const auto told = result.error().retry_after.value_or(std::chrono::milliseconds(0));
    const Elapsed again = now_.elapsed + told + report_backoff_.Next();
    outbox_.Failed(again);
    screen_.Failed(again);
    return;
  }
  report_backoff_.Reset();
  screen_.Settle();
  CacheChange change;
  change.outbox = outbox_.Settle(*result, reported_.log_id, reported_.generation, now_);
  std::set<std::string> over;
  for (const OutboxItem& item : change.outbox.put) {
    const bool refused = item.state == OutboxItem::State::kRefused;
    if (refused)
      SPDLOG_WARN("a report about alert {} was refused: {}", item.alert_id(),
                  LogSafe(item.refusal));
    ledger_.Write({refused ? "refused" : "recorded", item.alert_id(), 0, item.round(), item.id()});
    const auto holding = holdings_.find(item.alert_id());
    if (holding == holdings_.end() || StageOf(holding->second.alert) == Stage::kClosing)
      over.insert(item.alert_id());
  }
  for (const std::string& id : over) {
    const OutboxChange gone = outbox_.Forget(id);
    change.outbox.remove.insert(change.outbox.remove.end(), gone.remove.begin(), gone.remove.end());
  }
  if (!change.outbox.empty()) Commit(change);
  Reopen();  // what an earlier life has confirmed while a new one began
}

void Desk::SettingsCame(Result<v1::GetSettingsResponse> result) {
  fetching_settings_ = false;
  if (!result) {
    SPDLOG_WARN("settings did not come: {}", LogSafe(result.error().message));
    fetch_settings_at_ = now_.elapsed + kFetchAgain;
    return;
  }
  CacheChange change;
  change.settings = *result;
  Commit(change);
  settings_ = std::move(*result);
  SPDLOG_INFO(
      "settings {}: ward {}, class {}", settings_->version(),
      settings_->endpoint().ward_id().empty() ? "none" : LogSafe(settings_->endpoint().ward_id()),
      v1::EndpointClass::Value_Name(settings_->endpoint().class_()));
}

void Desk::ProceduresCame(Result<v1::GetProceduresResponse> result) {
  fetching_procedures_ = false;
  if (!result) {
    SPDLOG_WARN("procedures did not come: {}", LogSafe(result.error().message));
    fetch_procedures_at_ = now_.elapsed + kFetchAgain;
    return;
  }
  CacheChange change;
  change.procedures = *result;
  Commit(change);
  procedures_ = std::move(*result);
}

}  // namespace wardcast::agent
