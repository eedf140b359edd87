// The seam between station and presenter: what a screen shall show, and what came back from it.
// Everything is resolved (ward, words, times in the site's zone), so that a presenter computes
// nothing, knows no protocol and can live in another process.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "agent/core/screen_state.h"
#include "agent/core/words/language.h"

namespace wardcast::agent {

// Weakest first, so that they compare.
enum class Severity { kNotice, kCaution, kWarning, kDanger };

// Weakest first. What this endpoint shows, after its class was taken into account.
enum class Presentation { kTicker, kToast, kDialog, kTakeover };

enum class Phase {
  kOpen,        // it lasts
  kRecovering,  // restored, verifying: "Stay on paper until the all clear"
  kAllClear,    // over; the back-entry list stays until the ward presses "Back-entry done"
  kRecalled,    // sent by mistake
  kDrillOver,   // a drill that ended by itself: its time is up, or a real notice came
};

// How it ended is told; nothing lasts any more.
constexpr bool IsOver(Phase phase) { return phase != Phase::kOpen && phase != Phase::kRecovering; }

// Which of the answers a person can press.
enum class Response {
  kProcedureStarted,
  kNotAffected,
  kNeedHelp,
  kBackEntryDone,
  kRealProblem,  // on drills only; no answer of the ward
};
enum class HelpKind { kNone, kFormsOrPrinter, kDowntimePc, kStaff, kCallMe };

// One notice, ready to be painted. All texts are UTF-8 plain text in any script; empty means "do
// not show the line".
struct Notice {
  std::string alert_id;
  std::int64_t version = 0;                // a higher one replaces the window's text in place
  int round = 0;                           // a higher one calls attention again
  Language language = Language::kEnglish;  // of the product's own words about it
  bool exercise = false;  // "EXERCISE" before and after every text, stripes on every frame
  Severity severity = Severity::kCaution;
  Presentation presentation = Presentation::kToast;
  Phase phase = Phase::kOpen;
  std::string kind;  // "System outage"
  std::string
      ward_id;  // the ward that an answer is for; empty: unplaced, no acknowledgement offered
  std::string ward_name;  // "4 West"
  std::string published;  // "14:07"
  std::string headline;
  std::vector<std::string> services;
  std::string impact;
  std::vector<std::string> still_works;
  std::vector<std::string> do_now;
  std::vector<std::string> do_not;
  std::vector<std::string> afterwards;  // back-entry list, after the all clear
  std::string since;                    // "13:52"; empty while only planned
  std::string standing;           // "Planned 02:00, not confirmed": where it stands, in one line
  std::string cleared;            // "Works again since 03:10: … Still down: …"
  std::vector<std::string> down;  // with `cleared`: the services that are still down
  std::string expected_back;      // "about 16:00" or "unknown"
  std::string next_update;        // "14:30" or "14:30, overdue"
  std::string phone;              // number to call
  std::string phone_fallback;     // the other way when phones are down
  std::string emergency_phone;
  std::string downtime_pc;
  std::string binder;
  std::string reason;
  std::string ticket;
  std::string what_changed;  // "Changed 14:20: expected back about 16:00"
  std::string closing;       // text of the all clear, of the recall or of a drill's end
  std::string ward_answer;   // "4 West: procedure started, J.R., 14:09"
  std::string
      unconfirmed;  // "last confirmed 14:07, may have changed, call 5555"; empty while in contact
  bool asks_answer = false;  // the acknowledgement is asked for
  bool seen = false;         // *Seen* was pressed here: strip only
  bool sending = false;      // something that was pressed is not confirmed by the broker yet
  std::string refused;       // why the broker refused what was pressed here; a person must know

  bool operator==(const Notice&) const = default;
};

// A downtime instruction, which opens when nothing else does.
struct Procedure {
  std::string title;
  std::vector<std::string> steps;
  std::string approval;  // "Approved by M. Lee on 2026-01-12"
  std::string review;    // "to be reviewed by 2027-01-12", "review overdue since 2027-01-12"

  bool operator==(const Procedure&) const = default;
};

// The link as a person should know it.
struct Contact {
  bool connected = false;
  std::string since;    // "14:07": connected since, or lost since
  std::string message;  // "No contact with the alert service since 14:07 — command centre 5555";
                        // empty: say nothing

  bool operator==(const Contact&) const = default;
};

// The whole screen: replaces what was there before.
struct Screen {
  std::vector<Notice>
      notices;  // most severe first, then newest first; one window shows them, never a stack
  std::vector<Procedure> procedures;  // approved ones
  Contact contact;
  Language language = Language::kEnglish;  // of the site: buttons and the frame
  std::string endpoint_name;               // "4W-PC-03"
  std::string place;                       // "4 West · Main campus" or "unplaced"

  bool operator==(const Screen&) const = default;
};

// Draws. The station calls Show from its own thread; an implementation hands over and returns at
// once.
class Presenter {
 public:
  virtual ~Presenter() = default;
  virtual void Show(std::shared_ptr<const Screen> screen) = 0;
};

// What a person did or saw. Implemented by the station; all calls return at once, from any thread.
class PresenterEvents {
 public:
  virtual ~PresenterEvents() = default;
  // After painting on an unlocked screen, once per (alert, round).
  virtual void Displayed(const std::string& alert_id, int round) = 0;
  virtual void Seen(const std::string& alert_id, int round) = 0;
  // `initials` and `role` may be empty: person unknown.
  struct Answer {
    std::string alert_id;
    int round = 0;
    std::string ward_id;
    Response response = Response::kProcedureStarted;
    HelpKind help = HelpKind::kNone;
    std::string initials;
    std::string role;
  };
  virtual void Answered(const Answer& answer) = 0;
  // Whether somebody can see the screen: as soon as the presenter knows, and at each change. One
  // that never knows never calls it.
  virtual void ScreenChanged(ScreenState state) = 0;
};

}  // namespace wardcast::agent
