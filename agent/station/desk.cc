#include "agent/station/desk.h"

#include <algorithm>
#include <utility>

#include "agent/station/gatekeeper.h"
#include "base/log.h"

namespace wardcast::agent {
namespace {

constexpr int kReportLimit = 500;
// A PC that shuts down waits for nobody for longer.
constexpr std::chrono::seconds kGoodbye{1};
constexpr std::chrono::minutes kLongest{
    5};  // the station wakes at least so often, against any wrong plan

std::uint64_t SeedOf(const std::string& text) { return std::hash<std::string>()(text); }

}  // namespace

Result<std::unique_ptr<Desk>> Desk::Open(DeskConfig config, Cache cache, VerifyingKey key,
                                         Ledger ledger, ServerClock& clock, Moment start) {
  auto content = cache.Load();
  if (!content) return std::unexpected(content.error());
  return std::unique_ptr<Desk>(new Desk(std::move(config), std::move(cache), std::move(key),
                                        std::move(ledger), clock, start, std::move(*content)));
}

Desk::Desk(DeskConfig config, Cache cache, VerifyingKey key, Ledger ledger, ServerClock& clock,
           Moment start, CacheContent content)
    : config_(std::move(config)),
      cache_(std::move(cache)),
      key_(std::move(key)),
      ledger_(std::move(ledger)),
      clock_(clock),
      now_(start),
      attentions_(std::move(content.attentions)),
      outbox_(std::move(content.outbox)),
      settings_(std::move(content.settings)),
      procedures_(std::move(content.procedures)),
      sync_point_(std::move(content.sync_point)),
      contact_(start, content.last_confirmed),
      report_backoff_(SeedOf(config_.endpoint_id)) {
  confirmation_.last_run = content.last_confirmed;
  confirmation_.started = start.elapsed;
  noted_contact_ = content.last_confirmed.value_or(TimePoint{});
  CacheChange dropped;
  for (SignedBytes& bytes : content.alerts) {
    const std::string claimed = ClaimedAlertId(bytes.payload).value_or("");
    auto admitted = Admit(key_, std::move(bytes));
    if (!admitted) {
      SPDLOG_ERROR("alert {} in the cache is dropped: {}", LogSafe(claimed),
                   admitted.error().message);
      if (!claimed.empty()) dropped.remove_alerts.push_back(claimed);
      continue;
    }
    const std::string id = admitted->alert.id();
    holdings_[id] = {std::move(admitted->alert), std::move(admitted->bytes), {}};
  }
  for (const std::string& id : Outdated(holdings_, start.time)) {
    holdings_.erase(id);
    dropped.remove_alerts.push_back(id);
  }
  for (v1::WardAnswer& answer : content.answers) {
    const auto holding = holdings_.find(answer.alert_id());
    if (holding != holdings_.end()) holding->second.answers.push_back(std::move(answer));
  }
  if (!dropped.remove_alerts.empty()) Commit(dropped);
}

void Desk::Attach(Link& link, Presenter& presenter) {
  link_ = &link;
  presenter_ = &presenter;
}

bool Desk::Commit(const CacheChange& change) {
  const auto written = cache_.Commit(change);
  if (!written) {
    // Said once; the agent goes on from memory, and a damaged file is set aside at the next start.
    if (!disk_failed_) SPDLOG_ERROR("the cache cannot be written: {}", written.error().message);
  } else if (disk_failed_) {
    SPDLOG_INFO("the cache can be written again");
  }
  disk_failed_ = !written;
  return written.has_value();
}

bool Desk::Reports() const {
  return !settings_ || settings_->endpoint().class_() != v1::EndpointClass::BOARD;
}

Elapsed Desk::Finish() {
  const Elapsed longest = now_.elapsed + kLongest;
  const Elapsed send = Send();
  const Elapsed fetch = Fetch();
  return std::min({send, fetch, Show().value_or(longest), longest});
}

std::optional<Elapsed> Desk::Show() {
  const v1::GetSettingsResponse* settings = settings_ ? &*settings_ : nullptr;
  const ContactState contact = contact_.At(now_, ClassOf(settings));
  Picture picture = Compose({holdings_, attentions_, outbox_, settings, config_.endpoint_id,
                             confirmation_, contact, procedures_ ? &*procedures_ : nullptr},
                            now_);
  if (shown_ && *shown_ == picture.screen) return picture.ask_again;
  NoteCalls(picture.screen);
  shown_ = std::make_shared<const Screen>(std::move(picture.screen));
  presenter_->Show(shown_);
  return picture.ask_again;
}

// The ledger says what called attention, once a run for each (alert, round, stage).
void Desk::NoteCalls(const Screen& screen) {
  for (const Notice& notice : screen.notices) {
    if (notice.presentation == Presentation::kTicker) continue;
    const bool closing = IsOver(notice.phase);
    const Stage stage = closing ? Stage::kClosing : Stage::kOpen;
    if (!called_.emplace(notice.alert_id, notice.round, stage).second) continue;
    ledger_.Write(
        {"call", notice.alert_id, notice.version, notice.round, closing ? "closing" : "open"});
  }
}

std::optional<Elapsed> Desk::NextReportAt() const {
  std::optional<Elapsed> next = outbox_.NextAt();
  if (next) next = std::max(*next, gather_until_);
  if (!Reports()) return next;
  const auto screen = screen_.NextAt();
  return !next || (screen && *screen < *next) ? screen : next;
}

Elapsed Desk::Send() {
  const Elapsed later = now_.elapsed + kLongest;
  if (!link_->connected() || reporting_) return later;
  const auto at = NextReportAt();
  if (!at) return later;
  if (*at > now_.elapsed) return *at;
  v1::ReportRequest request =
      outbox_.Next(now_.elapsed, kReportLimit).value_or(v1::ReportRequest());
  if (Reports()) {
    if (const auto screen = screen_.Take()) request.set_screen_state(ToWire(*screen));
  }
  reporting_ = true;
  reported_ = sync_point_;
  link_->Report(std::move(request));
  return later;
}

void Desk::ScreenChanged(ScreenState state) { screen_.Changed(state, now_.elapsed); }

Elapsed Desk::Fetch() {
  Elapsed next = now_.elapsed + kLongest;
  if (!link_->connected()) return next;
  if (fetch_settings_at_ && !fetching_settings_) {
    if (*fetch_settings_at_ <= now_.elapsed) {
      fetching_settings_ = true;
      fetch_settings_at_.reset();
      link_->FetchSettings();
    } else {
      next = std::min(next, *fetch_settings_at_);
    }
  }
  if (fetch_procedures_at_ && !fetching_procedures_) {
    if (*fetch_procedures_at_ <= now_.elapsed) {
      fetching_procedures_ = true;
      fetch_procedures_at_.reset();
      link_->FetchProcedures();
    } else {
      next = std::min(next, *fetch_procedures_at_);
    }
  }
  return next;
}

void Desk::Leave() {
  if (!link_->connected()) return;
  auto due = outbox_.Next(now_.elapsed, kReportLimit);
  if (due) reported_ = sync_point_;
  auto result = link_->Leave(due.value_or(v1::ReportRequest()), kGoodbye);
  if (due) {
    Reported(std::move(result));
  } else if (!result) {
    SPDLOG_WARN("the broker was not told that this PC goes: {}", LogSafe(result.error().message));
  }
}

void Desk::Close() {
  Leave();
  CacheChange change;
  for (const auto& [log_id, at] : confirmation_.confirmed) {
    change.last_confirmed = std::max(at, change.last_confirmed.value_or(at));
  }
  if (change.last_confirmed) Commit(change);
}

}  // namespace wardcast::agent
