// Real threads, as in a broker: publishers, a feed, transports that come, go and dawdle. Made for
// the thread sanitizer; what everybody holds in the end is checked as well.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <deque>
#include <memory>
#include <random>
#include <thread>
#include <vector>

#include "server/feed/feed.h"
#include "tests/fixtures/memory_store.h"
#include "tests/fixtures/ward_pc.h"

namespace wardcast {
namespace {

using namespace testing;  // NOLINT(google-build-using-namespace): the fixtures
using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr int kAlertsOfPublisher = 60;

// A transport as a front door has it: wakes hand over to its own thread, which takes, "writes" and
// takes again.
class Transport {
 public:
  explicit Transport(std::string id)
      : id_(std::move(id)), thread_([this](const std::stop_token& stop) { Run(stop); }) {}
  ~Transport() {
    Disconnect();
    thread_.request_stop();
    Wake();
  }

  bool Connect(Hub& hub) {
    v1::SubscribeRequest request;
    request.mutable_endpoint()->set_id(id_);
    {
      const MutexLock lock(mu_);
      for (const auto& [id, alert] : held_) {
        v1::Known& known = *request.add_known();
        known.set_alert_id(id);
        known.set_log_id(alert.log_id());
        known.set_generation(alert.generation());
        known.set_version(alert.version());
      }
    }
    const auto life = std::make_shared<std::atomic<bool>>(true);
    auto session = hub.Open(request, [this, life] {
      EXPECT_TRUE(*life) << "woken after Close";
      Wake();
    });
    if (!session) return false;
    const MutexLock lock(mu_);
    session_ = std::move(*session);
    life_ = life;
    woken_ = true;  // the first wake may have come before there was a session to take from
    changed_.NotifyAll();
    return true;
  }
  void Disconnect() {
    std::shared_ptr<Session> session;
    std::shared_ptr<std::atomic<bool>> life;
    {
      const MutexLock lock(mu_);
      while (taking_) changed_.Wait(mu_);  // Take and Close come one at a time
      session = std::move(session_);
      session_ = nullptr;
      life = std::move(life_);
    }
    if (!session) return;
    session->Close();
    *life = false;
  }
  std::map<std::string, Sequence> open() {
    const MutexLock lock(mu_);
    std::map<std::string, Sequence> versions;
    for (const auto& [id, alert] : held_) {
      if (alert.state() != v1::State::CLOSED) versions[id] = alert.version();
    }
    return versions;
  }
  void set_write_time(milliseconds time) { write_ms_ = time.count(); }

 private:
  void Wake() {
    const MutexLock lock(mu_);
    woken_ = true;
    changed_.NotifyAll();
  }
  void Run(const std::stop_token& stop) {
    while (!stop.stop_requested()) {
      std::shared_ptr<Session> session;
      {
        const MutexLock lock(mu_);
        while (!woken_ && !stop.stop_requested()) changed_.WaitFor(mu_, milliseconds(20));
        woken_ = false;
        session = session_;
        taking_ = session != nullptr;
      }
      while (session) {
        const std::optional<Delivery> delivery = session->Take();
        if (!delivery) break;
        std::this_thread::sleep_for(milliseconds(write_ms_));  // the write
        const MutexLock lock(mu_);
        for (const AlertFramePtr& frame : delivery->alerts) {
          EXPECT_FALSE(frame->grpc.empty());
          held_[frame->alert.id()] = frame->alert;
        }
        for (const v1::RemovedAlert& removed : delivery->removed) held_.erase(removed.alert_id());
      }
      const MutexLock lock(mu_);
      taking_ = false;
      changed_.NotifyAll();
    }
  }

  const std::string id_;
  std::atomic<std::int64_t> write_ms_{0};
  Mutex mu_;
  CondVar changed_;
  bool woken_ = false;
  bool taking_ = false;
  std::shared_ptr<Session> session_;
  std::shared_ptr<std::atomic<bool>> life_;
  std::map<std::string, v1::Alert> held_;
  std::jthread thread_;
};

TEST(Threads, PublishersSessionsAndSlowTakersAgreeInTheEnd) {
  MemoryStore store;
  store.PutDirectory(SmallHospital());
  const auto bus = MakeInProcessBus();
  const SystemClock clock;
  Hub hub(HubConfig{.heartbeat_every = milliseconds(30)}, clock);
  Feed feed({.ask_every = milliseconds(200),
             .journal_every = milliseconds(1),
             .tick_every = milliseconds(5)},
            store, *bus, hub, clock);
  ASSERT_TRUE(feed.Start());

  std::deque<Transport> transports;
  for (const char* id :
       {"4w-pc-01", "4w-pc-02", "4w-board-01", "icu-pc-01", "lab-pc-01", "stranger"}) {
    transports.emplace_back(id);
  }
  transports[1].set_write_time(milliseconds(3));
  transports[3].set_write_time(milliseconds(10));

  std::atomic<int> progress{0};
  const Subscription lasting = hub.WatchProgress("A0-0", [&] { ++progress; });
  {
    std::vector<std::jthread> threads;
    threads.reserve(2 + transports.size() + 1);
    for (int publisher = 0; publisher < 2; ++publisher) {
      threads.emplace_back([&, publisher] {
        std::mt19937 random(static_cast<unsigned>(publisher));
        for (int i = 0; i < kAlertsOfPublisher; ++i) {
          const std::string id = fmt::format("A{}-{}", publisher, i / 3);
          v1::Alert alert = MakeAlert(id, 0, {});
          if (i % 3 == 2 && i % 2 == 0) alert = Ended(alert, 0, clock.Now());
          const Sequence sequence = store.Put(alert);
          if (random() % 3 != 0)
            bus->Publish(Topic::kLog, sequence);  // every third wake-up is lost
          bus->Publish(Topic::kJournal, store.PutAnswers({{id, "4w"}}));
          if (i == 20)
            bus->Publish(Topic::kLog,
                         store.PutDirectory(Moved(SmallHospital(), "4w-pc-02", "icu")));
        }
      });
    }
    for (std::size_t i = 0; i < transports.size(); ++i) {
      threads.emplace_back([&, i] {
        std::mt19937 random(static_cast<unsigned>(i + 10));
        for (int round = 0; round < 15; ++round) {
          transports[i].Connect(hub);
          std::this_thread::sleep_for(milliseconds(random() % 10));
          transports[i].Disconnect();
        }
      });
    }
    threads.emplace_back([&] {  // the readers of a front door
      for (int i = 0; i < 200; ++i) {
        const Subscription watch = hub.WatchProgress("A0-0", [&] { ++progress; });
        hub.OpenAlerts();
        hub.FindCurrent("A1-3");
        hub.IsConnected("4w-pc-01");
        feed.Health();
        hub.directory();
        std::this_thread::sleep_for(milliseconds(1));
      }
    });
  }

  std::map<std::string, Sequence> expected;
  const auto deadline = std::chrono::steady_clock::now() + seconds(30);
  const Sequence last = store.Head()->sequence;
  while (hub.applied() < last && std::chrono::steady_clock::now() < deadline) {
    std::this_thread::sleep_for(milliseconds(5));
  }
  ASSERT_EQ(hub.applied(), last);
  for (const AlertFramePtr& frame : hub.OpenAlerts())
    expected[frame->alert.id()] = frame->alert.version();
  EXPECT_EQ(expected.size(), 20U) << "every second one has ended";
  for (Transport& transport : transports) {
    ASSERT_TRUE(transport.Connect(hub));
    while (transport.open() != expected && std::chrono::steady_clock::now() < deadline) {
      std::this_thread::sleep_for(milliseconds(5));
    }
    EXPECT_EQ(transport.open(), expected);
  }
  EXPECT_GT(progress, 0);
  hub.Release(hub.BeginDrain(seconds(1)));
  for (Transport& transport : transports) transport.Disconnect();
  EXPECT_EQ(hub.session_count(), 0U);
}

TEST(Threads, CloseWaitsForTheWakeThatRuns) {
  const ManualClock clock(kMorning);
  Hub hub(HubConfig{}, clock);
  hub.SetDirectory(MakeDirectory(SmallHospital(), 1), 1);
  hub.Advance(1);
  std::jthread feed([&](const std::stop_token& stop) {
    for (Sequence sequence = 2; !stop.stop_requested(); ++sequence) {
      hub.SetAlert(Stored(MakeAlert("A", sequence, {})));
      hub.Advance(sequence);
    }
  });
  for (int i = 0; i < 300; ++i) {
    v1::SubscribeRequest request;
    request.mutable_endpoint()->set_id("4w-pc-01");
    auto alive = std::make_unique<std::atomic<int>>(0);
    std::atomic<int>* counter = alive.get();
    const auto session = hub.Open(request, [counter] { ++*counter; });
    ASSERT_TRUE(session);
    while ((*session)->Take()) {
    }
    (*session)->Close();
    alive.reset();  // a wake from now on would be a use after free
  }
}

// Ten thousand endpoints, one alert for all: the hub's share of the budget, printed.
TEST(Threads, ABroadcastToTenThousandIsCheap) {
  const ManualClock clock(kMorning);
  DirectoryContent content = SmallHospital();
  for (int i = 0; i < 10'000; ++i) {
    v1::Endpoint& endpoint = content.endpoints.emplace_back();
    endpoint.set_id(fmt::format("pc-{:05}", i));
    endpoint.set_ward_id("4w");
  }
  Hub hub(HubConfig{}, clock);
  hub.SetDirectory(MakeDirectory(content, 1), 1);
  hub.Advance(1);
  std::vector<std::shared_ptr<Session>> sessions;
  int wakes = 0;
  const auto opening = std::chrono::steady_clock::now();
  for (int i = 0; i < 10'000; ++i) {
    v1::SubscribeRequest request;
    request.mutable_endpoint()->set_id(fmt::format("pc-{:05}", i));
    sessions.push_back(*hub.Open(request, [&] { ++wakes; }));
    while (sessions.back()->Take()) {
    }
  }
  const auto begin = std::chrono::steady_clock::now();
  hub.SetAlert(Stored(MakeAlert("A", 2, {})));
  hub.Advance(2);
  while (hub.WakesWait()) hub.WakeMore();
  const auto marked = std::chrono::steady_clock::now();
  std::size_t bytes = 0;
  for (const auto& session : sessions) {
    const GrpcMessage message = EncodeGrpc(*session->Take());
    bytes += message.own.size() + message.shared[0]->size();
  }
  const auto taken = std::chrono::steady_clock::now();
  EXPECT_EQ(wakes, 20'000);
  EXPECT_GT(bytes, 10'000U);
  const auto ms = [](auto time) { return std::chrono::duration<double, std::milli>(time).count(); };
  fmt::print(
      "10,000 sessions: open {:.1f} ms, mark and wake {:.1f} ms, take and encode {:.1f} ms\n",
      ms(begin - opening), ms(marked - begin), ms(taken - marked));
  // Only against a square of the number: how fast it is, tests/bench says.
  EXPECT_LT(ms(taken - begin), 60'000);
  for (const auto& session : sessions) session->Close();
}

}  // namespace
}  // namespace wardcast
