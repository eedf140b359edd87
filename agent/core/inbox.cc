#include "agent/core/inbox.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <utility>

#include "agent/core/words.h"
#include "base/proto_time.h"

namespace wardcast::agent {
namespace {

using std::chrono::hours;

constexpr hours kRecallShown{12};
constexpr hours kAllClearShown{4};  // nothing is to be entered again
constexpr hours kBackEntryShown{48};
// The first settings come milliseconds after the first contact; only then is it known how strongly
// to show anything.
constexpr std::chrono::seconds kWaitForSettings{10};

bool Acknowledges(v1::Response::Value response) {
  return response == v1::Response::PROCEDURE_STARTED || response == v1::Response::NOT_AFFECTED;
}

// A notice with what orders it.
struct Ranked {
  bool closed = false;
  TimePoint published;
  Notice notice;
};

class Composer {
 public:
  Composer(const Facts& facts, Moment now)
      : facts_(facts),
        now_(now),
        site_(facts.settings == nullptr ? SiteTime() : SiteTime(facts.settings->zone_offsets())),
        class_(ClassOf(facts.settings)),
        ward_id_(WardOf(facts.settings)) {}

  Picture Run() {
    if (facts_.contact.ask_again) Wake(*facts_.contact.ask_again);
    std::vector<Ranked> ranked;
    for (const auto& [id, holding] : facts_.holdings) {
      if (auto one = Show(holding)) ranked.push_back(std::move(*one));
    }
    std::ranges::sort(ranked, [](const Ranked& a, const Ranked& b) {
      const auto key = [](const Ranked& r) {
        return std::tuple(r.closed, -static_cast<int>(r.notice.severity),
                          -r.published.time_since_epoch().count());
      };
      return key(a) < key(b);
    });
    for (Ranked& one : ranked) picture_.screen.notices.push_back(std::move(one.notice));
    if (!ranked.empty() || facts_.contact.announce) Wake(site_.NextDay(now_.time));
    Frame();
    return std::move(picture_);
  }

 private:
  void Wake(Elapsed at) {
    if (at > now_.elapsed) picture_.ask_again = std::min(picture_.ask_again.value_or(at), at);
  }
  void Wake(TimePoint at) {
    if (at > now_.time) Wake(now_.elapsed + (at - now_.time));
  }

  // The frame of the screen: who and where this is, and the contact.
  void Frame() {
    Screen& screen = picture_.screen;
    const v1::GetSettingsResponse* settings = facts_.settings;
    screen.endpoint_name = facts_.endpoint_id;
    screen.place = "unplaced";
    if (settings != nullptr) {
      if (!settings->endpoint().name().empty()) screen.endpoint_name = settings->endpoint().name();
      if (!ward_id_.empty()) screen.place = settings->ward().name();
      if (!settings->site().name().empty()) screen.place += " · " + settings->site().name();
    }
    const ContactState& contact = facts_.contact;
    screen.contact.connected = contact.connected;
    screen.contact.since = site_.Text(contact.since, now_.time);
    if (!contact.announce) return;
    const std::string lost = site_.Text(contact.lost_since, now_.time);
    if (contact.back) {
      screen.contact.message =
          fmt::format("Contact with the alert service is back since {} (none since {})",
                      screen.contact.since, lost);
    } else {
      screen.contact.message = fmt::format("No contact with the alert service since {}", lost);
      if (settings != nullptr && !settings->site().phone().empty()) {
        screen.contact.message += " — command centre " + settings->site().phone();
      }
    }
  }

  std::optional<Ranked> Show(const Holding& holding) {
    const v1::Alert& alert = holding.alert;
    if (facts_.settings == nullptr &&
        now_.elapsed < facts_.confirmation.started + kWaitForSettings) {
      Wake(facts_.confirmation.started + kWaitForSettings);
      return std::nullopt;
    }
    const bool confirmed = facts_.confirmation.For(alert.log_id()).has_value();
    const Elapsed shown_from = facts_.confirmation.started + Confirmation::kWaitForSynced;
    if (!confirmed && now_.elapsed < shown_from) {
      Wake(shown_from);
      return std::nullopt;
    }
    if (!ForThisClass(alert)) return std::nullopt;
    const WardRound round = RoundAt(alert, ward_id_);
    const Call call{alert.id(), round.round, StageOf(alert)};
    const Attention attention = AttentionTo(call);
    const auto phase = PhaseOf(holding, attention, confirmed);
    if (!phase) return std::nullopt;

    Ranked ranked;
    ranked.closed = alert.state() == v1::State::CLOSED;
    ranked.published = FromTimestamp(alert.published_at().at());
    Notice& notice = ranked.notice;
    notice.alert_id = alert.id();
    notice.version = alert.version();
    notice.round = round.round;
    notice.exercise = alert.status() == v1::Status::EXERCISE;
    notice.severity = SeverityOf(alert.severity());
    notice.phase = *phase;
    Fill(alert, notice);
    Answers(holding, attention, notice);
    notice.unconfirmed = UnconfirmedText(alert, notice.phone);
    notice.expected_back = ExpectedBackText(alert, site_, now_.time, !notice.unconfirmed.empty());
    notice.presentation = Strength(alert, round, confirmed, notice);
    return ranked;
  }

  Attention AttentionTo(const Call& call) const {
    const auto found = facts_.attentions.find(call);
    return found == facts_.attentions.end() ? Attention{} : found->second;
  }

  // Drills are not for CLINICAL endpoints; a public board shows neither security nor emergencies.
  bool ForThisClass(const v1::Alert& alert) const {
    if (class_ == v1::EndpointClass::CLINICAL) return alert.status() != v1::Status::EXERCISE;
    if (class_ != v1::EndpointClass::BOARD) return true;
    const auto& tags = facts_.settings->endpoint().tags();
    const bool staff_only = std::ranges::find(tags, "staff-only") != tags.end();
    return staff_only ||
           (alert.kind() != v1::Kind::SECURITY && alert.kind() != v1::Kind::EMERGENCY);
  }

  // nullopt: not shown.
  std::optional<Phase> PhaseOf(const Holding& holding, const Attention& attention, bool confirmed) {
    const v1::Alert& alert = holding.alert;
    switch (alert.state()) {
      case v1::State::ACTIVE:
      case v1::State::RECOVERING:
        break;
      case v1::State::CLOSED:
        return ClosedPhase(holding, attention);
      default:  // drafts, scheduled ones, and states of a newer broker
        return std::nullopt;
    }
    if (alert.has_expires()) {
      // The signed limit of cached copies; only INFORMATION ends by it while a broker still vouches
      // for the alert.
      const TimePoint expires = FromTimestamp(alert.expires());
      const bool vouched =
          confirmed && !facts_.contact.unconfirmed && alert.kind() != v1::Kind::INFORMATION;
      if (expires <= now_.time && !vouched) return std::nullopt;
      Wake(expires);
    }
    return alert.state() == v1::State::RECOVERING ? Phase::kRecovering : Phase::kOpen;
  }

  // How it ended is told where it was displayed, and only there.
  std::optional<Phase> ClosedPhase(const Holding& holding, const Attention& attention) {
    const v1::Alert& alert = holding.alert;
    if (!WasDisplayed(alert.id())) return std::nullopt;
    const TimePoint closed = FromTimestamp(alert.changed_at().at());
    if (alert.closing() == v1::Closing::RECALLED) {
      if (attention.seen || now_.time >= closed + kRecallShown) return std::nullopt;
      Wake(closed + kRecallShown);
      return Phase::kRecalled;
    }
    if (alert.closing() != v1::Closing::ENDED) return std::nullopt;
    const TimePoint until =
        closed + (alert.back_entry().empty() ? kAllClearShown : kBackEntryShown);
    if (now_.time >= until || BackEntryDone(holding) || Replaced(alert, closed))
      return std::nullopt;
    Wake(until);
    return Phase::kAllClear;
  }

  bool WasDisplayed(const std::string& alert_id) const {
    for (auto it = facts_.attentions.lower_bound(Call{alert_id, 0, Stage::kOpen});
         it != facts_.attentions.end() && it->first.alert_id == alert_id; ++it) {
      if (it->second.displayed) return true;
    }
    return false;
  }

  bool BackEntryDone(const Holding& holding) const {
    const auto done = [&](const auto& answer) {
      return answer.ward_id() == ward_id_ && answer.response() == v1::Response::BACK_ENTRY_DONE;
    };
    if (std::ranges::any_of(holding.answers, done)) return true;
    const auto own = OwnAnswers(holding.alert.id());
    return std::ranges::any_of(own, [&](const OutboxItem* item) {
      return item->state != OutboxItem::State::kRefused &&
             done(std::get<v1::Acknowledgement>(item->report));
    });
  }

  // A newer open alert about one of its services says more than the all clear.
  bool Replaced(const v1::Alert& alert, TimePoint closed) const {
    return std::ranges::any_of(facts_.holdings, [&](const auto& entry) {
      const v1::Alert& other = entry.second.alert;
      if (other.state() != v1::State::ACTIVE || FromTimestamp(other.published_at().at()) <= closed)
        return false;
      return std::ranges::any_of(other.services(), [&](const std::string& service) {
        return std::ranges::find(alert.services(), service) != alert.services().end();
      });
    });
  }

  // What was pressed here about an alert, oldest first.
  std::vector<const OutboxItem*> OwnAnswers(const std::string& alert_id) const {
    std::vector<const OutboxItem*> own;
    for (const auto& [id, item] : facts_.outbox.items()) {
      if (item.alert_id() == alert_id && std::holds_alternative<v1::Acknowledgement>(item.report))
        own.push_back(&item);
    }
    return own;
  }

  void Fill(const v1::Alert& alert, Notice& notice) {
    const TimePoint now = now_.time;
    notice.kind = KindWords(alert);
    notice.published = alert.has_published_at() ? site_.Text(alert.published_at(), now) : "";
    notice.headline = alert.headline();
    notice.services.assign(alert.service_names().begin(), alert.service_names().end());
    notice.impact = alert.impact();
    notice.still_works.assign(alert.still_works().begin(), alert.still_works().end());
    FillInstructions(alert, notice);
    notice.since = SinceText(alert, site_, now);
    notice.next_update = notice.phase == Phase::kOpen || notice.phase == Phase::kRecovering
                             ? NextUpdateText(alert, site_, now)
                             : "";
    if (alert.has_start()) Wake(FromTimestamp(alert.start().at()));
    if (alert.has_expected_end()) Wake(FromTimestamp(alert.expected_end().at()));
    if (alert.has_next_update()) Wake(FromTimestamp(alert.next_update().at()));
    notice.reason = alert.reason();
    notice.ticket = alert.ticket();
    notice.what_changed = ChangedText(alert, site_, now);
    notice.closing = ClosingText(alert, site_, now);
    notice.phone = alert.phone();
    notice.phone_fallback = alert.phone_fallback();
    notice.downtime_pc = alert.downtime_pc();
    notice.binder = alert.binder();
    if (facts_.settings == nullptr) return;
    const v1::Site& site = facts_.settings->site();
    const v1::Ward& ward = facts_.settings->ward();
    if (notice.phone.empty()) notice.phone = site.phone();
    if (notice.phone_fallback.empty()) notice.phone_fallback = site.phone_fallback();
    notice.emergency_phone = site.emergency_phone();
    notice.ward_name = ward.name();
    if (class_ != v1::EndpointClass::BOARD) notice.ward_id = ward_id_;
    if (notice.downtime_pc.empty()) notice.downtime_pc = ward.downtime_pc();
    if (notice.binder.empty()) notice.binder = ward.binder();
  }

  static void FillInstructions(const v1::Alert& alert, Notice& notice) {
    const bool announced =
        alert.phase() == v1::Phase::ANNOUNCED || alert.phase() == v1::Phase::POSTPONED;
    std::vector<std::string> during;
    notice.afterwards.assign(alert.back_entry().begin(), alert.back_entry().end());
    for (const v1::Instruction& step : alert.instructions()) {
      const std::string text = step.role().empty() ? step.text() : step.role() + ": " + step.text();
      switch (step.when()) {
        case v1::Instruction::When::BEFORE:
          if (announced) notice.do_now.push_back(text);
          break;
        case v1::Instruction::When::AFTER:
          notice.afterwards.push_back(text);
          break;
        case v1::Instruction::When::DO_NOT:
          notice.do_not.push_back(text);
          break;
        default:
          during.push_back(announced ? "During the downtime: " + text : text);
      }
    }
    notice.do_now.insert(notice.do_now.end(), during.begin(), during.end());
  }

  // The ward's answer, and what of it was pressed here.
  void Answers(const Holding& holding, const Attention& attention, Notice& notice) {
    const v1::WardAnswer* latest = nullptr;
    const v1::WardAnswer* earlier = nullptr;
    bool acknowledged = false;
    for (const v1::WardAnswer& answer : holding.answers) {
      if (answer.ward_id() != ward_id_ || ward_id_.empty()) continue;
      (answer.round() >= notice.round ? latest : earlier) = &answer;
      acknowledged |= answer.round() >= notice.round && Acknowledges(answer.response());
    }
    v1::WardAnswer own;
    bool refused_here = false;
    for (const OutboxItem* item : OwnAnswers(holding.alert.id())) {
      const auto& pressed = std::get<v1::Acknowledgement>(item->report);
      if (pressed.round() < notice.round) continue;
      refused_here = item->state == OutboxItem::State::kRefused;
      notice.refused = item->refusal;
      if (refused_here) continue;
      acknowledged |= Acknowledges(pressed.response()) && pressed.ward_id() == ward_id_;
      notice.sending |= item->state == OutboxItem::State::kWaiting;
      if (latest != nullptr && FromTimestamp(latest->at()) >= FromTimestamp(pressed.pressed_at()))
        continue;
      own.set_response(pressed.response());
      own.set_help(pressed.help());
      *own.mutable_person() = pressed.person();
      own.set_by(facts_.settings == nullptr || facts_.settings->endpoint().name().empty()
                     ? facts_.endpoint_id
                     : facts_.settings->endpoint().name());
      *own.mutable_at() = pressed.pressed_at();
      latest = &own;
    }
    notice.sending |=
        facts_.outbox.IsWaiting(holding.alert.id(), notice.round, v1::Receipt::Kind::SEEN);
    const bool names = class_ != v1::EndpointClass::BOARD;
    if (latest != nullptr) {
      notice.ward_answer = AnswerText(*latest, notice.ward_name, names, site_, now_.time);
    } else if (earlier != nullptr) {
      notice.ward_answer = AnswerText(*earlier, notice.ward_name + " answered before the change",
                                      names, site_, now_.time);
    }
    notice.seen = attention.seen || (attention.answered && !refused_here);
    const bool open = holding.alert.state() != v1::State::CLOSED;
    notice.asks_answer =
        holding.alert.asks_answer() && open && !notice.ward_id.empty() && !acknowledged;
    ward_acknowledged_ = acknowledged && open;
  }

  // Says that the notice may be out of date; empty while a broker vouches for it.
  std::string UnconfirmedText(const v1::Alert& alert, const std::string& phone) const {
    const auto confirmed = facts_.confirmation.For(alert.log_id());
    if (!confirmed) {
      const std::string as_of = facts_.confirmation.last_run
                                    ? site_.Text(*facts_.confirmation.last_run, now_.time)
                                    : "an earlier day";
      return facts_.confirmation.confirmed.empty() ? fmt::format("as of {}, not confirmed", as_of)
                                                   : fmt::format("not confirmed since {}", as_of);
    }
    if (!facts_.contact.unconfirmed) return "";
    std::string text =
        fmt::format("last confirmed {}, may have changed", site_.Text(*confirmed, now_.time));
    return phone.empty() ? text : text + ", call " + phone;
  }

  Presentation Strength(const v1::Alert& alert, const WardRound& round, bool confirmed,
                        const Notice& notice) const {
    if (class_ == v1::EndpointClass::CLINICAL || !confirmed || notice.seen)
      return Presentation::kTicker;
    Presentation strength = PresentationOf(round.presentation, notice.severity);
    const bool takeover = class_ == v1::EndpointClass::STANDARD &&
                          alert.state() == v1::State::ACTIVE && !notice.exercise;
    if (!takeover) strength = std::min(strength, Presentation::kDialog);
    // The ward has answered from another PC: a window becomes a corner, it does not vanish.
    if (ward_acknowledged_) strength = std::min(strength, Presentation::kToast);
    return strength;
  }

  const Facts& facts_;
  const Moment now_;
  const SiteTime site_;
  const v1::EndpointClass::Value class_;
  const std::string ward_id_;
  Picture picture_;
  bool ward_acknowledged_ = false;  // of the notice that is being made
};

}  // namespace

std::optional<TimePoint> Confirmation::For(const std::string& log_id) const {
  if (const auto exact = confirmed.find(log_id); exact != confirmed.end()) return exact->second;
  if (const auto any = confirmed.find(""); any != confirmed.end()) return any->second;
  return std::nullopt;
}

v1::EndpointClass::Value ClassOf(const v1::GetSettingsResponse* settings) {
  if (WardOf(settings).empty()) {
    const bool board =
        settings != nullptr && settings->endpoint().class_() == v1::EndpointClass::BOARD;
    return board ? v1::EndpointClass::BOARD : v1::EndpointClass::CLINICAL;
  }
  const auto stated = settings->endpoint().class_();
  return stated == v1::EndpointClass::UNSPECIFIED ? v1::EndpointClass::STANDARD : stated;
}

std::string WardOf(const v1::GetSettingsResponse* settings) {
  return settings == nullptr ? std::string() : settings->endpoint().ward_id();
}

Picture Compose(const Facts& facts, Moment now) { return Composer(facts, now).Run(); }

}  // namespace wardcast::agent
