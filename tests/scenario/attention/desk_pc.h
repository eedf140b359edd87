// A ward PC with the real agent's rules and its real cache on disk, driven step by step; between it
// and the broker are function calls in place of a network.
#pragma once

#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <utility>

#include "agent/station/desk.h"
#include "tests/house/broker_part.h"

namespace wardcast::testing {

// Threads: one.
class DeskPc final : private agent::Link, private agent::Presenter {
 public:
  // Switched on at once. `house` outlives it.
  DeskPc(std::string id, House& house);
  ~DeskPc() override;

  // The power fails; switched on again, it finds its disk as it was.
  void CutPower();
  void SwitchOn();

  // Until Disconnect() or the next Connect(); refused: not connected.
  bool Connect(BrokerPart& broker);
  void Disconnect();
  // Takes, shows and reports until nothing is left to do. Its screen is unlocked: what it shows is
  // displayed.
  void Run();
  // The answers to its reports are lost on their way.
  void LoseAnswers(bool lose) { lose_answers_ = lose; }

  // Presses on the notice as it is shown now; throws if it is not shown.
  void Answer(const std::string& alert_id, agent::Response response);
  void Seen(const std::string& alert_id);

  // nullptr: not on the screen.
  const agent::Notice* Find(const std::string& alert_id) const;
  // How often a window came up, by itself, for that round: in any life of the agent.
  int Windows(const std::string& alert_id, int round) const;
  const agent::Screen& screen() const { return *screen_; }

 private:
  // Link.
  agent::Elapsed Tick(agent::Elapsed now) override { return now; }
  bool connected() const override { return session_ != nullptr && synced_; }
  void Report(v1::ReportRequest request) override;
  // Its power is cut: it never says goodbye.
  Result<v1::ReportResponse> Leave(v1::ReportRequest, std::chrono::milliseconds) override {
    return Fail(Code::kUnavailable, "no power");
  }
  void FetchSettings() override;
  void FetchProcedures() override;
  // Presenter.
  void Show(std::shared_ptr<const agent::Screen> screen) override;

  agent::Moment Now();
  void Step(const std::function<void()>& work);
  void CountWindows(const agent::Screen& screen);

  const std::string id_;
  House& house_;
  TempFolder folder_;
  agent::Elapsed elapsed_{0};
  std::unique_ptr<agent::ServerClock> clock_;
  std::unique_ptr<agent::Desk> desk_;
  BrokerPart* broker_ = nullptr;
  std::shared_ptr<Session> session_;
  bool synced_ = false;
  bool lose_answers_ = false;
  std::deque<std::function<void()>> calls_;  // that the desk has made
  std::shared_ptr<const agent::Screen> screen_;
  std::map<std::pair<std::string, int>, int> windows_;
};

}  // namespace wardcast::testing
