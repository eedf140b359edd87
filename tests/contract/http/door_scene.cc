#include "tests/contract/http/door_scene.h"

#include <unistd.h>

#include <fstream>
#include <utility>

#include "wardcast/v1/directory_service.pb.h"

namespace wardcast::testing {

bool Eventually(const std::function<bool()>& condition) {
  const auto until = std::chrono::steady_clock::now() + kPatience;
  while (!condition()) {
    if (std::chrono::steady_clock::now() > until) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  return true;
}

TestDispatcher::~TestDispatcher() {
  for (std::thread& thread : threads_) thread.join();
}

std::unique_ptr<google::protobuf::Message> TestDispatcher::NewRequest(
    std::string_view method) const {
  if (method == "wardcast.v1.AlertService/GetAlert") return std::make_unique<v1::GetAlertRequest>();
  if (method == "wardcast.v1.AlertService/PublishAlert")
    return std::make_unique<v1::PublishAlertRequest>();
  if (method == "wardcast.v1.AlertService/ListAlerts")
    return std::make_unique<v1::ListAlertsRequest>();
  if (method == "wardcast.v1.AlertService/EndAlert") return std::make_unique<v1::EndAlertRequest>();
  if (method == "wardcast.v1.AlertService/RecallAlert")
    return std::make_unique<v1::RecallAlertRequest>();
  if (method == "wardcast.v1.AlertService/GetTimeline")
    return std::make_unique<v1::GetTimelineRequest>();
  if (method == "wardcast.v1.EndpointService/Report") return std::make_unique<v1::ReportRequest>();
  if (method == "wardcast.v1.DirectoryService/ImportDirectory")
    return std::make_unique<v1::ImportDirectoryRequest>();
  return nullptr;
}

void TestDispatcher::Later(std::function<void()> answer) {
  const std::lock_guard lock(mu_);
  threads_.emplace_back(std::move(answer));
}

void TestDispatcher::Call(std::string_view method, const Caller& caller,
                          std::unique_ptr<google::protobuf::Message> request, Done done) {
  if (method.ends_with("/GetAlert")) {
    auto response = std::make_shared<v1::GetAlertResponse>();
    response->mutable_alert()->set_id(static_cast<const v1::GetAlertRequest&>(*request).alert_id());
    Later([response, done = std::move(done)] {
      done(std::make_unique<v1::GetAlertResponse>(*response));
    });
  } else if (method.ends_with("/PublishAlert")) {
    if (caller.bearer != "secret")
      return done(Fail(Code::kUnauthenticated, "a bearer token is needed"));
    auto response = std::make_unique<v1::PublishAlertResponse>();
    *response->mutable_alert() = static_cast<const v1::PublishAlertRequest&>(*request).alert();
    done(std::move(response));
  } else if (method.ends_with("/ListAlerts")) {
    done(Invalid({{"page_size", "1 … 500"}, {"page_token", "not one of this broker"}}));
  } else if (method.ends_with("/EndAlert")) {
    const std::lock_guard lock(mu_);
    waiting_.emplace_back(
        [done = std::move(done)] { done(std::make_unique<v1::EndAlertResponse>()); });
  } else if (method.ends_with("/RecallAlert")) {
    done(FailFor(Code::kResourceExhausted, "too much waits", std::chrono::milliseconds(2'500)));
  } else if (method.ends_with("/GetTimeline")) {
    auto response = std::make_unique<v1::GetTimelineResponse>();
    response->add_entries()->mutable_version()->set_headline(std::string(long_answer, 'x'));
    done(std::move(response));
  } else if (method.ends_with("/ImportDirectory")) {
    done(std::make_unique<v1::ImportDirectoryResponse>());
  } else {
    const auto& report = static_cast<const v1::ReportRequest&>(*request);
    v1::ReportResponse response;
    for (const auto& receipt : report.receipts()) response.add_recorded_ids(receipt.id());
    const auto answer = [response, done = std::move(done)] {
      done(std::make_unique<v1::ReportResponse>(response));
    };
    if (report.endpoint_id() != "slow") return answer();
    const std::lock_guard lock(mu_);
    waiting_.emplace_back(answer);
  }
}

int TestDispatcher::Release() {
  std::vector<std::function<void()>> released;
  {
    const std::lock_guard lock(mu_);
    released.swap(waiting_);
  }
  for (const auto& answer : released) answer();
  return static_cast<int>(released.size());
}

int TestDispatcher::waiting() {
  const std::lock_guard lock(mu_);
  return static_cast<int>(waiting_.size());
}

Result<std::shared_ptr<Session>> TestLive::Subscribe(const Caller&,
                                                     const v1::SubscribeRequest& request,
                                                     std::function<void()> wake) {
  return hub_.Open(request, std::move(wake));
}

Subscription TestLive::WatchProgress(const Caller& caller, const v1::WatchProgressRequest& request,
                                     Next next) {
  if (caller.bearer != "secret") {
    next(Fail(Code::kUnauthenticated, "a bearer token is needed"));
    return {};
  }
  const std::lock_guard lock(mu_);
  const int id = ++last_;
  watchers_.emplace(id, std::pair(request.alert_id(), std::move(next)));
  return Subscription([this, id] {
    const std::lock_guard cancel(mu_);
    watchers_.erase(id);
  });
}

void TestLive::Tell(int wards) {
  const std::lock_guard lock(mu_);
  for (const auto& [id, watcher] : watchers_) {
    auto response = std::make_shared<v1::WatchProgressResponse>();
    response->mutable_progress()->set_alert_id(watcher.first);
    response->mutable_progress()->set_wards(wards);
    watcher.second(std::shared_ptr<const v1::WatchProgressResponse>(std::move(response)));
  }
}

int TestLive::watchers() {
  const std::lock_guard lock(mu_);
  return static_cast<int>(watchers_.size());
}

DoorScene::DoorScene()
    : web_dir_(std::filesystem::temp_directory_path() /
               ("wardcast-door-" + std::to_string(getpid()) + "-" +
                ::testing::UnitTest::GetInstance()->current_test_info()->name())) {
  std::filesystem::create_directories(web_dir_ / "assets");
  WriteFile("index.html", "<html nonce=__CSP_NONCE__>console");
  WriteFile("receiver.html", "<html>receiver");
  WriteFile("wall.html", "<html>wall");
  hub_.Replace({.log = {.log_id = kLog, .generation = 1},
                .directory = MakeDirectory(SmallHospital(), 1),
                .directory_sequence = 1,
                .alerts = {},
                .answers = {},
                .applied = 1});
}

DoorScene::~DoorScene() {
  if (server_) server_->Stop();
  dispatcher_.Release();  // answers for nobody
  server_.reset();
  std::filesystem::remove_all(web_dir_);
}

void DoorScene::Start(HttpConfig config) {
  config.port = 0;
  config.web_dir = web_dir_;
  HttpPages pages{.healthz = [] { return HttpPage{200, "ok\n"}; },
                  .readyz = [] { return HttpPage{503, "draining\n"}; },
                  .metrics = [] { return HttpPage{200, "wardcast_up 1\n"}; }};
  server_ = std::make_unique<HttpServer>(config, dispatcher_, live_, std::move(pages));
  const auto port = server_->Start();
  ASSERT_TRUE(port) << port.error().message;
  port_ = *port;
}

RawClient DoorScene::Subscribed(const std::string& endpoint_id) {
  RawClient client = Client();
  EXPECT_EQ(client.Upgrade().status, 101);
  client.SendFrame(R"({"subscribe":{"endpoint":{"id":")" + endpoint_id + R"("}}})");
  EXPECT_THAT(client.ReadText(), ::testing::HasSubstr(R"("synced":true)"));
  return client;
}

v1::Alert DoorScene::Publish(const std::string& id) {
  v1::Alert alert = MakeAlert(id, ++sequence_, {});
  hub_.SetAlert(Stored(alert));
  hub_.Advance(sequence_);
  while (hub_.WakesWait()) hub_.WakeMore();  // as the feed does
  return alert;
}

void DoorScene::WriteFile(const std::string& name, const std::string& content) {
  std::ofstream(web_dir_ / name) << content;
}

}  // namespace wardcast::testing
