#include "agent/desktop/desktop.h"

#include <wx/app.h>
#include <wx/init.h>

#include <cstdio>
#include <cstdlib>
#include <memory>
#include <utility>

#include "agent/desktop/native/controls.h"
#include "agent/desktop/stage.h"
#include "base/mutex.h"

namespace wardcast::agent {
namespace {

// The toolkit has one application object per process, so there is one of this, too. Everything that
// other threads touch is in here.
class Door {
 public:
  // Runs `work` in the UI thread soon; false when there is none (yet, or any more).
  template <class Work>
  bool HandOver(Work work) {
    const MutexLock lock(mu_);
    if (app_ == nullptr) return false;
    app_->CallAfter(std::move(work));
    return true;
  }

  void Open(wxApp& app) {
    const MutexLock lock(mu_);
    app_ = &app;
    if (stop_) app_->CallAfter([&app] { app.ExitMainLoop(); });
  }
  void Close() {
    const MutexLock lock(mu_);
    app_ = nullptr;
  }
  void Stop() {
    const MutexLock lock(mu_);
    stop_ = true;
    if (app_ != nullptr) app_->CallAfter([app = app_] { app->ExitMainLoop(); });
  }

 private:
  Mutex mu_;
  wxApp* app_ GUARDED_BY(mu_) = nullptr;
  bool stop_ GUARDED_BY(mu_) = false;
};

constinit Door door;

class Application final : public wxApp, public Presenter {
 public:
  Application(PresenterEvents& events, std::function<void(Presenter&)> ready,
              std::function<void()> ending)
      : events_(events), ready_(std::move(ready)), ending_(std::move(ending)) {}

  // Presenter. Any thread.
  void Show(std::shared_ptr<const Screen> screen) override {
    door.HandOver([this, screen = std::move(screen)] {
      if (stage_) stage_->Show(screen);
    });
  }

 private:
  bool OnInit() override {
    // Windows come and go; the presenter stays.
    SetExitOnFrameDelete(false);
    SetAppName("wardcast-agent");
    stage_ = std::make_unique<Stage>(events_);
    door.Open(*this);
    CallAfter([this] { ready_(*this); });
    return true;
  }

  int OnExit() override {
    if (ending_) ending_();
    door.Close();
    stage_.reset();
    return wxApp::OnExit();
  }

  PresenterEvents& events_;
  std::function<void(Presenter&)> ready_;
  std::function<void()> ending_;
  std::unique_ptr<Stage> stage_;
};

}  // namespace

int RunDesktop(PresenterEvents& events, std::function<void(Presenter&)> ready,
               std::function<void()> ending) {
  if (!native::OpenDisplay()) {
    std::fputs("wardcast-agent: there is no display to show notices on (is DISPLAY set?)\n",
               stderr);
    return EXIT_FAILURE;
  }
  wxApp::SetInstance(new Application(events, std::move(ready), std::move(ending)));
  char name[] = "wardcast-agent";
  char* arguments[] = {name, nullptr};
  int count = 1;
  // Owns the application object from here on.
  return wxEntry(count, arguments);
}

void StopDesktop() { door.Stop(); }

}  // namespace wardcast::agent
