// What people do at this endpoint: recorded on disk, then shown as given, then reported.
#include <algorithm>
#include <utility>

#include "agent/core/words.h"
#include "agent/station/desk.h"
#include "base/log.h"
#include "base/proto_time.h"
#include "base/ulid.h"

namespace wardcast::agent {
namespace {

constexpr std::size_t kInitials = 8;
constexpr std::size_t kRole = 40;

// At most `most` code points of UTF-8 text.
std::string Cut(const std::string& text, std::size_t most) {
  std::size_t points = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if ((static_cast<unsigned char>(text[i]) & 0xc0) != 0x80 && points++ == most)
      return text.substr(0, i);
  }
  return text;
}

std::string_view PressName(v1::Response::Value response) {
  return v1::Response::Value_Name(response);
}

}  // namespace

// The stage that the person saw: a press may cross the end of the alert on its way.
Stage Desk::StageShown(const std::string& alert_id) const {
  if (!shown_) return Stage::kOpen;
  const auto notice = std::ranges::find(shown_->notices, alert_id, &Notice::alert_id);
  if (notice == shown_->notices.end()) return Stage::kOpen;
  return IsOver(notice->phase) ? Stage::kClosing : Stage::kOpen;
}

Desk::Subject Desk::About(const v1::Alert& alert, int round) {
  return {.alert_id = alert.id(),
          .log_id = alert.log_id(),
          .generation = alert.generation(),
          .round = round};
}

std::optional<OutboxItem> Desk::Draft(const Subject& subject, v1::Receipt::Kind::Value kind) const {
  if (!Reports() || outbox_.Has(subject.alert_id, subject.round, kind)) return std::nullopt;
  v1::Receipt receipt;
  receipt.set_id(NewUlid(now_.time));
  receipt.set_alert_id(subject.alert_id);
  receipt.set_log_id(subject.log_id);
  receipt.set_generation(subject.generation);
  receipt.set_round(subject.round);
  receipt.set_kind(kind);
  *receipt.mutable_at() = ToTimestamp(now_.time);
  OutboxItem item;
  item.report = std::move(receipt);
  return item;
}

void Desk::Record(const Call& call, const Attention& attention, std::vector<OutboxItem> items) {
  CacheChange change;
  change.attentions.emplace_back(call, attention);
  change.outbox.put = items;
  Commit(change);  // if it fails: kept in memory, and shown as "sending" until the broker has it
  attentions_[call] = attention;
  for (OutboxItem& item : items) outbox_.Put(std::move(item));
}

void Desk::Gather(std::chrono::milliseconds most) {
  if (gather_until_ <= now_.elapsed || most.count() == 0) gather_until_ = now_.elapsed + most;
}

void Desk::Displayed(const std::string& alert_id, int round) {
  const auto holding = holdings_.find(alert_id);
  if (holding == holdings_.end()) return;
  const v1::Alert& alert = holding->second.alert;
  const Call call{alert_id, round, StageShown(alert_id)};
  Attention attention = attentions_[call];
  ledger_.Write({"display", alert_id, alert.version(), round,
                 call.stage == Stage::kClosing ? "closing" : "open"});
  if (attention.displayed) return;
  attention.displayed = true;
  attention.version = alert.version();
  std::vector<OutboxItem> items;
  if (auto receipt = Draft(About(alert, round), v1::Receipt::Kind::DISPLAYED)) {
    items.push_back(std::move(*receipt));
  }
  Record(call, attention, std::move(items));
  Gather(kReceiptsGather);
}

void Desk::Seen(const std::string& alert_id, int round) {
  const auto holding = holdings_.find(alert_id);
  if (holding == holdings_.end()) return;
  const v1::Alert& alert = holding->second.alert;
  const Call call{alert_id, round, StageShown(alert_id)};
  Attention attention = attentions_[call];
  if (attention.seen) return;
  attention.seen = true;
  attention.displayed = true;
  attention.version = std::max(attention.version, alert.version());
  std::vector<OutboxItem> items;
  if (auto receipt = Draft(About(alert, round), v1::Receipt::Kind::SEEN)) {
    items.push_back(std::move(*receipt));
  }
  Record(call, attention, std::move(items));
  ledger_.Write({"press", alert_id, alert.version(), round, "SEEN"});
  Gather(kReceiptsGather);
}

// A second click on the same answer is the same answer; after another one it is a new one: started,
// then in need of help, then started.
bool Desk::IsLastPressed(const v1::Acknowledgement& pressed) const {
  const v1::Acknowledgement* last = nullptr;  // ids sort by time
  for (const auto& [id, item] : outbox_.items()) {
    const auto* earlier = std::get_if<v1::Acknowledgement>(&item.report);
    if (earlier == nullptr || item.state == OutboxItem::State::kRefused) continue;
    if (earlier->alert_id() == pressed.alert_id() && earlier->round() == pressed.round() &&
        earlier->ward_id() == pressed.ward_id())
      last = earlier;
  }
  if (last == nullptr) return false;
  v1::Acknowledgement bare = *last;
  bare.clear_id();
  bare.clear_pressed_at();
  bare.clear_generation();
  return bare.SerializeAsString() == pressed.SerializeAsString();
}

void Desk::Answered(const PresenterEvents::Answer& answer) {
  if (!Reports()) return;
  const auto holding = holdings_.find(answer.alert_id);
  // The alert may have left this endpoint under the finger; what was pressed is sent all the same.
  const std::string log_id =
      holding == holdings_.end() ? sync_point_.log_id : holding->second.alert.log_id();
  const std::int64_t version = holding == holdings_.end() ? 0 : holding->second.alert.version();
  v1::Acknowledgement pressed;
  pressed.set_alert_id(answer.alert_id);
  pressed.set_log_id(log_id);
  pressed.set_round(answer.round);
  pressed.set_ward_id(answer.ward_id);
  pressed.set_response(ToWire(answer.response));
  if (answer.response == Response::kNeedHelp) {
    // A help request without a choice means: somebody shall call.
    const HelpKind help = answer.help == HelpKind::kNone ? HelpKind::kCallMe : answer.help;
    pressed.set_help(ToWire(help));
  }
  pressed.mutable_person()->set_initials(Cut(answer.initials, kInitials));
  pressed.mutable_person()->set_role(Cut(answer.role, kRole));
  if (IsLastPressed(pressed)) return;  // a second click
  pressed.set_generation(holding == holdings_.end() ? sync_point_.generation
                                                    : holding->second.alert.generation());
  pressed.set_id(NewUlid(now_.time));
  *pressed.mutable_pressed_at() = ToTimestamp(now_.time);

  const Call call{answer.alert_id, answer.round, StageShown(answer.alert_id)};
  Attention attention = attentions_[call];
  attention.displayed = true;
  attention.version = std::max(attention.version, version);
  // A help request is no answer of the ward, nor is a real problem of a drill: the notice stays as
  // it is.
  attention.answered |=
      answer.response != Response::kNeedHelp && answer.response != Response::kRealProblem;
  const v1::Response::Value response = pressed.response();
  OutboxItem item;
  item.report = std::move(pressed);
  Record(call, attention, {std::move(item)});
  ledger_.Write({"press", answer.alert_id, version, answer.round, PressName(response)});
  Gather(std::chrono::milliseconds(0));
}

}  // namespace wardcast::agent
