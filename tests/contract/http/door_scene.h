// A real server on a free port, with a real hub behind it and a dispatcher that does as the test
// says.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <condition_variable>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "server/feed/hub.h"
#include "server/http/http_server.h"
#include "tests/contract/http/raw_client.h"
#include "tests/fixtures/hospital.h"

namespace wardcast::testing {

// True once `condition` holds, before the patience ends.
bool Eventually(const std::function<bool()>& condition);

// GetAlert echoes the id from another thread; PublishAlert needs the token "secret"; ListAlerts is
// refused with two violations; RecallAlert because too much is waiting; EndAlert waits until
// Release(); GetTimeline answers with `long_answer` bytes; ImportDirectory answers; Report records
// every id, of the endpoint "slow" after Release().
class TestDispatcher final : public Dispatcher {
 public:
  ~TestDispatcher() override;
  std::unique_ptr<google::protobuf::Message> NewRequest(std::string_view method) const override;
  void Call(std::string_view method, const Caller& caller,
            std::unique_ptr<google::protobuf::Message> request, Done done) override;

  // Answers the calls that wait; how many.
  int Release();
  int waiting();
  std::size_t long_answer = 0;

 private:
  void Later(std::function<void()> answer);

  std::mutex mu_;
  std::vector<std::function<void()>> waiting_;
  std::vector<std::thread> threads_;
};

class TestLive final : public Live {
 public:
  explicit TestLive(Hub& hub) : hub_(hub) {}
  Result<std::shared_ptr<Session>> Subscribe(const Caller& caller,
                                             const v1::SubscribeRequest& request,
                                             std::function<void()> wake) override;
  Subscription WatchProgress(const Caller& caller, const v1::WatchProgressRequest& request,
                             Next next) override;

  // To whoever watches.
  void Tell(int wards);
  int watchers();

 private:
  Hub& hub_;
  std::mutex mu_;
  int last_ = 0;
  std::map<int, std::pair<std::string, Next>> watchers_;
};

class DoorScene : public ::testing::Test {
 protected:
  DoorScene();
  ~DoorScene() override;

  // Call before the first Client().
  void Start(HttpConfig config = {});
  RawClient Client() { return RawClient(port_); }
  // A WebSocket that has subscribed and is synced.
  RawClient Subscribed(const std::string& endpoint_id);
  v1::Alert Publish(const std::string& id);
  void WriteFile(const std::string& name, const std::string& content);

  SystemClock clock_;
  Hub hub_{HubConfig{}, clock_};
  TestDispatcher dispatcher_;
  TestLive live_{hub_};
  std::filesystem::path web_dir_;
  std::unique_ptr<HttpServer> server_;
  int port_ = 0;
  Sequence sequence_ = 1;
};

}  // namespace wardcast::testing
