// desktop_player: the presenter without a station. Each line on stdin is a Screen as JSON
// (screen_json.h) and is shown; each event is a line of JSON on stdout: {"event": "ready" |
// "displayed" | "seen" | "answered" | "screen", …, "ms": N}, with the milliseconds since the last
// Screen was handed over. Ends at the end of stdin, or at SIGTERM and SIGINT.
#include <pthread.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <csignal>
#include <iostream>
#include <memory>
#include <string>
#include <thread>

#include "agent/desktop/desktop.h"
#include "tests/e2e/desktop/screen_json.h"

namespace wardcast::agent {
namespace {

using nlohmann::json;
using Clock = std::chrono::steady_clock;

class Printer final : public PresenterEvents {
 public:
  void Displayed(const std::string& alert_id, int round) override {
    Print({{"event", "displayed"}, {"alert_id", alert_id}, {"round", round}});
  }
  void Seen(const std::string& alert_id, int round) override {
    Print({{"event", "seen"}, {"alert_id", alert_id}, {"round", round}});
  }
  void Answered(const Answer& answer) override {
    json line = AnswerToJson(answer);
    line["event"] = "answered";
    Print(line);
  }

  void ScreenChanged(ScreenState state) override {
    Print({{"event", "screen"}, {"state", ScreenStateToJson(state)}});
  }

  void HandedOver() { handed_over_ = Clock::now().time_since_epoch().count(); }
  void Print(json line) {
    const Clock::duration since(Clock::now().time_since_epoch().count() - handed_over_);
    line["ms"] = std::chrono::duration_cast<std::chrono::milliseconds>(since).count();
    std::cout << line.dump() << std::endl;
  }

 private:
  std::atomic<Clock::rep> handed_over_{Clock::now().time_since_epoch().count()};
};

// Reads screens until the end of stdin.
void Play(Presenter& presenter, Printer& printer) {
  for (std::string line; std::getline(std::cin, line);) {
    if (line.empty()) continue;
    try {
      auto screen = std::make_shared<const Screen>(ScreenFromJson(json::parse(line)));
      printer.HandedOver();
      presenter.Show(std::move(screen));
    } catch (const std::exception& error) {
      std::cerr << "desktop_player: " << error.what() << '\n';
    }
  }
  StopDesktop();
}

int Run() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  std::jthread stopper([signals] {
    int signal = 0;
    sigwait(&signals, &signal);
    StopDesktop();
  });

  Printer printer;
  std::jthread reader;
  const int code = RunDesktop(
      printer,
      [&](Presenter& presenter) {
        printer.Print({{"event", "ready"}});
        reader = std::jthread([&] { Play(presenter, printer); });
      },
      [&] {
        // Wakes the reader, which may be waiting for a line.
        close(STDIN_FILENO);
      });
  // Neither thread can be woken for sure, and both hold nothing.
  std::cout.flush();
  _exit(code);
}

}  // namespace
}  // namespace wardcast::agent

int main() { return wardcast::agent::Run(); }
