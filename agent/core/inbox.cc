#include "agent/core/inbox.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "agent/core/closing.h"
#include "agent/core/drill.h"
#include "agent/core/notice_text.h"
#include "agent/core/procedures.h"
#include "agent/core/standing.h"
#include "agent/core/ward_reply.h"
#include "agent/core/words.h"
#include "agent/core/words/say.h"
#include "base/proto_time.h"

namespace wardcast::agent {
namespace {

// The first settings come milliseconds after the first contact; only then is it known how strongly
// to show anything.
constexpr std::chrono::seconds kWaitForSettings{10};

// A notice with what orders it.
struct Ranked {
  bool closed = false;
  TimePoint published;
  Notice notice;
};

Language LanguageAt(const v1::GetSettingsResponse* settings) {
  return settings == nullptr ? Language::kEnglish : LanguageOf(settings->site().language());
}

class Composer {
 public:
  Composer(const Facts& facts, Moment now)
      : facts_(facts),
        now_(now),
        language_(LanguageAt(facts.settings)),
        site_(facts.settings == nullptr ? SiteTime()
                                        : SiteTime(facts.settings->zone_offsets(), language_)),
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
        // A drill never stands above a real notice of the same severity.
        return std::tuple(r.closed, -static_cast<int>(r.notice.severity), r.notice.exercise,
                          -r.published.time_since_epoch().count());
      };
      return key(a) < key(b);
    });
    for (Ranked& one : ranked) picture_.screen.notices.push_back(std::move(one.notice));
    if (facts_.procedures != nullptr)
      picture_.screen.procedures = ProceduresOf(*facts_.procedures, site_, now_.time);
    if (!ranked.empty() || facts_.contact.announce || !picture_.screen.procedures.empty())
      Wake(site_.NextDay(now_.time));
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
    screen.language = language_;
    screen.endpoint_name = EndpointName();
    screen.place = Say(language_, Phrase::kUnplaced);
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
          Say(language_, Phrase::kContactBack, {{"time", screen.contact.since}, {"lost", lost}});
    } else {
      screen.contact.message = Say(language_, Phrase::kNoContactSince, {{"time", lost}});
      if (settings != nullptr && !settings->site().phone().empty()) {
        screen.contact.message +=
            " — " + Say(language_, Phrase::kCommandCentre, {{"phone", settings->site().phone()}});
      }
    }
  }

  std::string EndpointName() const {
    const bool named = facts_.settings != nullptr && !facts_.settings->endpoint().name().empty();
    return named ? facts_.settings->endpoint().name() : facts_.endpoint_id;
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
    const auto drill_end =
        IsDrill(alert) ? EndOfDrill(alert, facts_.holdings, SiteId(), now_.time) : std::nullopt;
    const bool open = alert.state() != v1::State::CLOSED && !drill_end;
    const Cleared cleared = open ? ClearedAt(alert, SiteId()) : Cleared();
    // Where nothing of it is down any more it is over, although others still wait.
    const Stage stage = open && !cleared.all_here ? Stage::kOpen : Stage::kClosing;
    const Attention attention = AttentionTo({alert.id(), round.round, stage});
    const auto phase = drill_end ? DrillOver(alert, attention, drill_end->shown_until)
                                 : PhaseOf(holding, attention, confirmed, cleared);
    if (!phase) return std::nullopt;

    Ranked ranked;
    ranked.closed = stage == Stage::kClosing;
    ranked.published = FromTimestamp(alert.published_at().at());
    const SiteTime site = site_.In(LanguageOf(alert.language(), language_));
    Notice& notice = ranked.notice;
    notice.alert_id = alert.id();
    notice.version = alert.version();
    notice.round = round.round;
    notice.exercise = IsDrill(alert);
    notice.severity = SeverityOf(alert.severity());
    notice.phase = *phase;
    FillText(alert, facts_.settings, site, now_.time, notice);
    if (class_ != v1::EndpointClass::BOARD) notice.ward_id = ward_id_;
    WakeFor(alert);
    if (stage == Stage::kOpen) {
      const Standing standing = StandingOf(alert, round.occasion, site, now_.time);
      if (standing.changes) Wake(*standing.changes);
      notice.standing = standing.text;
      notice.cleared = ClearedText(cleared, site, now_.time);
      if (!notice.cleared.empty()) notice.down = cleared.down;
      if (NamesAll(alert.what_changed(), cleared)) notice.cleared.clear();
    } else if (open) {
      notice.closing = ClearedHere(*cleared.last, site);
    } else if (drill_end && alert.closing_text().empty()) {
      notice.closing = drill_end->stopped ? Say(notice.language, Phrase::kExerciseStopped)
                                          : Say(notice.language, Phrase::kExerciseEnded,
                                                {{"time", site.Text(drill_end->at, now_.time)}});
    }
    Answers(holding, attention, round, site, notice);
    notice.unconfirmed = UnconfirmedText(alert, notice.phone, site);
    notice.expected_back = ExpectedBackText(alert, site, now_.time, !notice.unconfirmed.empty());
    notice.presentation = Strength(alert, round, confirmed, notice);
    return ranked;
  }

  std::string SiteId() const {
    return facts_.settings == nullptr ? std::string() : facts_.settings->site().id();
  }

  std::string ClearedHere(const v1::ClearedPart& part, const SiteTime& site) const {
    if (!part.text().empty()) return part.text();
    return Say(site.language(), Phrase::kAllClearAt, {{"time", site.Text(part.at(), now_.time)}});
  }

  Attention AttentionTo(const Call& call) const {
    const auto found = facts_.attentions.find(call);
    return found == facts_.attentions.end() ? Attention{} : found->second;
  }

  // Drills are not for CLINICAL endpoints; a public board shows neither security nor emergencies.
  bool ForThisClass(const v1::Alert& alert) const {
    if (class_ == v1::EndpointClass::CLINICAL) return !IsDrill(alert);
    if (class_ != v1::EndpointClass::BOARD) return true;
    const auto& tags = facts_.settings->endpoint().tags();
    const bool staff_only = std::ranges::find(tags, "staff-only") != tags.end();
    return staff_only ||
           (alert.kind() != v1::Kind::SECURITY && alert.kind() != v1::Kind::EMERGENCY);
  }

  // nullopt: not shown.
  std::optional<Phase> PhaseOf(const Holding& holding, const Attention& attention, bool confirmed,
                               const Cleared& cleared) {
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
    if (cleared.all_here) return AllClearUntil(holding, ShownUntil(alert, *cleared.last));
    return alert.state() == v1::State::RECOVERING ? Phase::kRecovering : Phase::kOpen;
  }

  // Told once, where the drill was displayed.
  std::optional<Phase> DrillOver(const v1::Alert& alert, const Attention& attention,
                                 TimePoint until) {
    if (!WasDisplayed(alert.id()) || attention.seen || now_.time >= until) return std::nullopt;
    Wake(until);
    return Phase::kDrillOver;
  }

  // How it ended is told where it was displayed, and only there.
  std::optional<Phase> ClosedPhase(const Holding& holding, const Attention& attention) {
    const v1::Alert& alert = holding.alert;
    if (alert.closing() != v1::Closing::RECALLED) return AllClearUntil(holding, ShownUntil(alert));
    // A correction is not replaced by anything: whoever saw the mistake must see it.
    const TimePoint until = ShownUntil(alert);
    if (!WasDisplayed(alert.id()) || attention.seen || now_.time >= until) return std::nullopt;
    Wake(until);
    return Phase::kRecalled;
  }

  std::optional<Phase> AllClearUntil(const Holding& holding, TimePoint until) {
    const v1::Alert& alert = holding.alert;
    if (!WasDisplayed(alert.id()) || now_.time >= until ||
        BackEntryDone(holding, facts_.outbox, ward_id_) || Replaced(alert))
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

  bool Replaced(const v1::Alert& alert) const {
    return std::ranges::any_of(facts_.holdings, [&](const auto& entry) {
      return TakesPlaceOf(entry.second.alert, alert);
    });
  }

  void Answers(const Holding& holding, const Attention& attention, const WardRound& round,
               const SiteTime& site, Notice& notice) {
    const v1::Alert& alert = holding.alert;
    const bool names = class_ != v1::EndpointClass::BOARD;
    const WardReply reply =
        ReplyOf(holding, facts_.outbox,
                {ward_id_, notice.ward_name, EndpointName(), notice.round, round.occasion}, names,
                site, now_.time);
    notice.ward_answer = reply.text;
    notice.refused = reply.refused;
    notice.sending = reply.sending;
    notice.seen = attention.seen || (attention.answered && reply.refused.empty());
    const bool open = !IsOver(notice.phase);
    notice.asks_answer =
        alert.asks_answer() && open && !notice.ward_id.empty() && !reply.acknowledged;
    ward_acknowledged_ = reply.acknowledged && open;
  }

  void WakeFor(const v1::Alert& alert) {
    if (alert.has_start()) Wake(FromTimestamp(alert.start().at()));
    if (alert.has_expected_end()) Wake(FromTimestamp(alert.expected_end().at()));
    if (alert.has_next_update()) Wake(FromTimestamp(alert.next_update().at()));
  }

  // Says that the notice may be out of date; empty while a broker vouches for it.
  std::string UnconfirmedText(const v1::Alert& alert, const std::string& phone,
                              const SiteTime& site) const {
    const Language language = site.language();
    const auto confirmed = facts_.confirmation.For(alert.log_id());
    if (!confirmed) {
      const bool none = facts_.confirmation.confirmed.empty();
      const auto last = facts_.confirmation.last_run;
      if (!last)
        return Say(language, none ? Phrase::kAsOfEarlierDay : Phrase::kNotConfirmedSinceEarlierDay);
      return Say(language, none ? Phrase::kAsOf : Phrase::kNotConfirmedSince,
                 {{"time", site.Text(*last, now_.time)}});
    }
    if (!facts_.contact.unconfirmed) return "";
    return Say(language, phone.empty() ? Phrase::kLastConfirmed : Phrase::kLastConfirmedCall,
               {{"time", site.Text(*confirmed, now_.time)}, {"phone", phone}});
  }

  Presentation Strength(const v1::Alert& alert, const WardRound& round, bool confirmed,
                        const Notice& notice) const {
    if (class_ == v1::EndpointClass::CLINICAL || !confirmed || notice.seen)
      return Presentation::kTicker;
    // Over here, and attention is called for others.
    if (notice.phase == Phase::kAllClear && alert.state() != v1::State::CLOSED &&
        round.occasion != v1::Occasion::PARTLY_CLEAR)
      return Presentation::kTicker;
    Presentation strength = PresentationOf(round.presentation, notice.severity);
    const bool takeover = class_ == v1::EndpointClass::STANDARD &&
                          alert.state() == v1::State::ACTIVE && !notice.exercise;
    if (!takeover) strength = std::min(strength, Presentation::kDialog);
    // The ward has answered from another PC: a window becomes a corner, it does not vanish. The end
    // of a drill stands beside what comes next.
    if (ward_acknowledged_ || notice.phase == Phase::kDrillOver)
      strength = std::min(strength, Presentation::kToast);
    return strength;
  }

  const Facts& facts_;
  const Moment now_;
  const Language language_;
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
