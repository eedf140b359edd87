// A data race on purpose, where a real one would be: a transport whose wake, on the feed's thread,
// counts without a lock what its own thread reads. The thread sanitizer must find it through store,
// bus, feed, hub and session.
#include <fmt/core.h>

#include <chrono>
#include <memory>
#include <stdexcept>
#include <thread>

#include "base/named_thread.h"
#include "server/feed/feed.h"
#include "tests/fixtures/memory_store.h"

namespace wardcast {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr int kAlerts = 50;

// As a front door has it, but for the lock.
class CarelessTransport {
 public:
  explicit CarelessTransport(Hub& hub) {
    v1::SubscribeRequest request;
    request.mutable_endpoint()->set_id("4w-pc-01");
    auto session = hub.Open(request, [this] { ++due_; });
    if (!session) throw std::runtime_error(session.error().message);
    session_ = std::move(*session);
    thread_ = StartThread("transport", [this](const std::stop_token& stop) { Run(stop); });
  }
  ~CarelessTransport() {
    thread_.request_stop();
    thread_.join();
    session_->Close();
  }

 private:
  void Run(const std::stop_token& stop) {
    int taken = 0;
    for (int seen = 0; !stop.stop_requested(); seen = due_) {
      if (seen == due_) std::this_thread::sleep_for(milliseconds(1));
      while (session_->Take()) ++taken;
    }
    fmt::print("{} messages, woken {} times\n", taken, due_);
  }

  int due_ = 0;  // the planted fault: neither guarded nor atomic
  std::shared_ptr<Session> session_;
  std::jthread thread_;
};

int RunRace() {
  testing::MemoryStore store;
  store.PutDirectory(testing::SmallHospital());
  const auto bus = MakeInProcessBus();
  const SystemClock clock;
  Hub hub(HubConfig{}, clock);
  Feed feed({}, store, *bus, hub, clock);
  if (auto started = feed.Start(); !started) throw std::runtime_error(started.error().message);
  const CarelessTransport transport(hub);
  Sequence last = 0;
  for (int i = 0; i < kAlerts; ++i) {
    last = store.Put(testing::MakeAlert(fmt::format("A{}", i), 0, {}));
    bus->Publish(Topic::kLog, last);
    std::this_thread::sleep_for(milliseconds(2));
  }
  const auto deadline = std::chrono::steady_clock::now() + seconds(20);
  while (hub.applied() < last && std::chrono::steady_clock::now() < deadline)
    std::this_thread::sleep_for(milliseconds(1));
  return hub.applied() == last ? 0 : 1;
}

}  // namespace
}  // namespace wardcast

int main() { return wardcast::RunRace(); }
