#include "agent/desktop/stage.h"

#include <algorithm>
#include <chrono>
#include <set>
#include <utility>
#include <vector>

#include "agent/core/words/say.h"
#include "agent/desktop/procedure_window.h"
#include "agent/desktop/strip_window.h"
#include "agent/desktop/tray.h"

namespace wardcast::agent {
namespace {

Moment Now() { return std::chrono::steady_clock::now(); }

constexpr char kTestId[] = "local-test";

Notice TestNotice(int round, Language language) {
  Notice notice;
  notice.language = language;
  notice.alert_id = kTestId;
  notice.round = round;
  notice.severity = Severity::kNotice;
  notice.presentation = Presentation::kToast;
  notice.kind = Say(language, Phrase::kTestKind);
  notice.headline = Say(language, Phrase::kTestHeadline);
  notice.impact = Say(language, Phrase::kTestImpact);
  return notice;
}

}  // namespace

Stage::Stage(PresenterEvents& events)
    : events_(events),
      received_(std::make_shared<const Screen>()),
      tray_(Tray::Make([this] { OpenFromStrip(); }, [this] { OpenProcedures(); },
                       [this] { ShowTest(); })),
      shortcut_([this](std::uint32_t time) { ShortcutPressed(time); }),
      watch_([this](ScreenState state) { ScreenChanged(state); }) {
  timer_.Bind(wxEVT_TIMER, [this](wxTimerEvent&) { Draw(Cause::kByItself); });
}

Stage::~Stage() {
  timer_.Stop();
  if (window_ != nullptr) window_->Close(true);
  if (strip_ != nullptr) strip_->Close(true);
  if (procedures_ != nullptr) procedures_->Close(true);
}

void Stage::Show(std::shared_ptr<const Screen> screen) {
  received_ = std::move(screen);
  // The station has spoken: what was pressed is now on its disk, and `sending` says the rest.
  pressed_.clear();
  Draw(Cause::kByItself);
}

bool Stage::IsTest(const Notice& notice) const { return notice.alert_id == kTestId; }

const Notice* Stage::Current() const {
  if (arrangement_.window == WindowKind::kNone) return nullptr;
  return &screen_.notices[arrangement_.pages[arrangement_.current]];
}

void Stage::Draw(Cause cause) {
  screen_ = *received_;
  if (test_) screen_.notices.push_back(*test_);
  displayed_.KeepOnly(screen_);
  arrangement_ = Arrange(screen_, person_, Now());
  DrawWindow(cause);
  DrawStrip();
  if (tray_) tray_->Show(screen_);
  if (procedures_ != nullptr) procedures_->ShowProcedures(screen_.procedures, screen_.language);
  AskAgainLater();
}

void Stage::DrawWindow(Cause cause) {
  const Notice* notice = Current();
  if (notice == nullptr) {
    leaf_ = Leaf::kNotice;
    guard_.Disarm();
    if (window_ != nullptr && window_->IsShown()) window_->TakeAway();
    sheet_ = {};
    return;
  }
  // An open side belongs to one notice in one round; what it asks may be settled by now.
  const bool asks = leaf_ == Leaf::kAnswers || leaf_ == Leaf::kHelp;
  if (notice->alert_id != sheet_.alert_id || notice->round != sheet_.round ||
      (asks && IsOver(notice->phase))) {
    leaf_ = Leaf::kNotice;
  }
  const ButtonRules rules{.laters_left = person_.later.Left(*notice),
                          .opened_by_person = person_.opened,
                          .language = screen_.language};
  Sheet sheet = SheetFor(screen_, arrangement_, leaf_, rules, pressed_.contains(notice->alert_id));
  const bool visible = window_ != nullptr && window_->IsShown();
  if (visible && sheet == sheet_) return;
  sheet_ = std::move(sheet);
  if (window_ == nullptr) window_ = new NoticeWindow(*this);
  window_->ShowSheet(sheet_);
  if (cause == Cause::kByItself || !visible) {
    guard_.Changed(Now());
  } else {
    guard_.Turned(Now());
  }
}

void Stage::DrawStrip() {
  const Strip strip = StripFor(screen_, arrangement_);
  if (strip.Empty()) {
    if (strip_ != nullptr && strip_->IsShown()) strip_->TakeAway();
    return;
  }
  if (strip_ == nullptr) {
    strip_ = new StripWindow([this] { OpenFromStrip(); }, [this] { StripPainted(); });
  }
  strip_->ShowStrip(strip);
}

void Stage::AskAgainLater() {
  std::optional<Moment> next = arrangement_.ask_again;
  if (!next) {
    timer_.Stop();
    return;
  }
  const auto wait = std::chrono::ceil<std::chrono::milliseconds>(*next - Now());
  timer_.StartOnce(std::max(static_cast<int>(wait.count()), 1));
}

void Stage::OpenFromStrip() {
  if (screen_.notices.empty()) return;
  person_.opened = true;
  leaf_ = Leaf::kNotice;
  Draw(Cause::kByPerson);
}

void Stage::OpenProcedures() {
  if (procedures_ == nullptr) procedures_ = new ProcedureWindow();
  procedures_->ShowProcedures(screen_.procedures, screen_.language);
  procedures_->Open();
}

void Stage::ShortcutPressed(std::uint32_t time) {
  if (Current() == nullptr) OpenFromStrip();
  if (Current() == nullptr) return;
  guard_.Arm(Now());
  window_->TakeKeyboard(time);
}

void Stage::LostFocus() {
  guard_.Disarm();
  if (window_ != nullptr) window_->GiveKeyboardBack();
}

bool Stage::KeyPressed(Key key) {
  if (!guard_.KeyCounts(key, Now())) return false;
  if (key == Key::kLater) {
    Escape();
    return false;
  }
  return true;
}

// One step back: from a side to the notice, from the notice to the strip.
void Stage::Escape() {
  if (leaf_ != Leaf::kNotice) {
    Pressed(Action::kBack, {}, {});
    return;
  }
  for (const Button& button : sheet_.buttons) {
    if (button.action == Action::kLater || button.action == Action::kClose) {
      Pressed(button.action, {}, {});
      return;
    }
  }
  LostFocus();
}

void Stage::TurnTo(std::size_t page) {
  if (!guard_.PressCounts(Now()) || page >= arrangement_.pages.size()) return;
  person_.reading = screen_.notices[arrangement_.pages[page]].alert_id;
  leaf_ = Leaf::kNotice;
  Draw(Cause::kByPerson);
}

void Stage::Pressed(Action action, const std::string& initials, const std::string& role) {
  const Notice* notice = Current();
  if (notice == nullptr || !guard_.PressCounts(Now())) return;
  if (PresenterEvents::Answer answer; FillAnswer(action, *notice, answer)) {
    answer.initials = initials;
    answer.role = role;
    // What is real is reported at once, and told by telephone as well.
    const bool real = action == Action::kRealProblem;
    leaf_ = real ? Leaf::kNumbers : Leaf::kNotice;
    person_.enlarged |= real;
    pressed_[notice->alert_id] = true;
    events_.Answered(answer);
    Draw(Cause::kByPerson);
    return;
  }
  switch (action) {
    case Action::kSeen:
      if (IsTest(*notice)) {
        test_.reset();
      } else {
        pressed_[notice->alert_id] = true;
        events_.Seen(notice->alert_id, notice->round);
      }
      break;
    case Action::kLater:
      person_.later.Press(*notice, Now());
      break;
    case Action::kClose:
      person_.opened = false;
      break;
    case Action::kAcknowledge:
      leaf_ = Leaf::kAnswers;
      person_.enlarged = true;
      break;
    case Action::kHelp:
      leaf_ = Leaf::kHelp;
      person_.enlarged = true;
      break;
    case Action::kMore:
      leaf_ = Leaf::kMore;
      person_.enlarged = true;
      break;
    case Action::kBack:
      leaf_ = Leaf::kNotice;
      break;
    case Action::kBackEntryDone:
    case Action::kProcedureStarted:
    case Action::kNotAffected:
    case Action::kFormsOrPrinter:
    case Action::kDowntimePc:
    case Action::kStaff:
    case Action::kCallMe:
    case Action::kRealProblem:
      break;  // answered above
  }
  Draw(Cause::kByPerson);
}

void Stage::Painted() { ReportDisplayed(NamedInWindow(arrangement_, sheet_)); }

void Stage::StripPainted() { ReportDisplayed(NamedInStrip(arrangement_)); }

void Stage::ScreenChanged(ScreenState state) {
  screen_state_ = state;
  events_.ScreenChanged(state);
  if (IsCovered(state)) return;
  // What was painted meanwhile can be seen from now on: painted once more, it is displayed.
  if (window_ != nullptr) window_->Refresh();
  if (strip_ != nullptr) strip_->Refresh();
}

void Stage::ReportDisplayed(const std::vector<std::size_t>& named) {
  if (IsCovered(screen_state_)) return;
  for (const std::size_t index : named) {
    const Notice& notice = screen_.notices[index];
    if (!displayed_.First(notice) || IsTest(notice)) continue;
    events_.Displayed(notice.alert_id, notice.round);
  }
}

void Stage::ShowTest() {
  test_ = TestNotice(++tests_, received_->language);
  Draw(Cause::kByItself);
}

}  // namespace wardcast::agent
