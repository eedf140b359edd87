#include "tests/bench/load/publishers.h"

#include <utility>

#include "base/clock.h"
#include "base/ulid.h"
#include "tests/bench/load/wire/grpc_client.h"
#include "wardcast/v1/alert_service.pb.h"

namespace wardcast::bench {
namespace {

// With its frame about 1 KB on the wire: a usual notice.
v1::PublishAlertRequest Notice(int number) {
  v1::PublishAlertRequest request;
  request.set_request_id(NewUlid(SystemClock().Now()));
  v1::Alert& alert = *request.mutable_alert();
  alert.set_kind(v1::Kind::OUTAGE);
  alert.set_severity(v1::Severity::SEVERE);
  alert.set_headline("Measured notice " + std::to_string(number));
  alert.set_impact("Results arrive late; call the laboratory for urgent ones.");
  alert.mutable_audience()->set_everyone(true);
  return request;
}

}  // namespace

class Publishers::Publisher final : public CallEvents {
 public:
  Publisher(Publishers& all, const Place& broker, const std::string& token)
      : all_(all),
        client_(broker.host, token, *this),
        connection_(all.loop_, client_, broker.tls.get()) {}

  Result<void> Open(const sockaddr_in& to) { return connection_.Open(to, 0); }
  bool busy() const { return call_ != 0; }
  const std::string& problem() const { return connection_.problem(); }

  void Prepare(std::string_view method, const google::protobuf::Message& request) {
    publishes_ = method.ends_with("/PublishAlert");
    id_.clear();
    call_ = client_.Call(method, request.SerializeAsString());
    if (call_ == 0) all_.OnAnswer("", "the window of the connection is full");
  }
  void Send() { connection_.Flush(); }

 private:
  void OnMessage(CallId, std::string_view message) override {
    v1::PublishAlertResponse response;
    if (publishes_ && response.ParseFromArray(message.data(), static_cast<int>(message.size())))
      id_ = response.alert().id();
  }

  void OnEnd(CallId, int status, const std::string& problem) override {
    call_ = 0;
    all_.OnAnswer(id_, status == 0 ? "" : "status " + std::to_string(status) + ": " + problem);
  }

  Publishers& all_;
  GrpcClient client_;
  Connection connection_;
  CallId call_ = 0;
  bool publishes_ = false;
  std::string id_;
};

Publishers::Publishers(Loop& loop, const Place& broker, const std::string& token, int count)
    : loop_(loop), broker_(broker) {
  for (int i = 0; i < count; ++i)
    publishers_.push_back(std::make_unique<Publisher>(*this, broker, token));
}

Publishers::~Publishers() = default;

Result<void> Publishers::Connect() {
  for (const auto& publisher : publishers_) {
    if (auto opened = publisher->Open(broker_.address); !opened) return opened;
    ++under_way_;
    publisher->Prepare("wardcast.v1.AlertService/ListAlerts", v1::ListAlertsRequest());
  }
  const auto done = [this] {
    for (const auto& publisher : publishers_) {
      if (!publisher->problem().empty()) problem_ = publisher->problem();
    }
    return Idle() || !problem_.empty();
  };
  if (auto served = loop_.Until(done, std::chrono::seconds(30), "connecting publishers"); !served)
    return served;
  if (!problem_.empty()) return Fail(Code::kUnavailable, "publishing: " + problem_);
  return {};
}

void Publishers::Publish(int count) {
  for (int i = 0; i < count; ++i) {
    ++under_way_;
    publishers_[static_cast<std::size_t>(i)]->Prepare("wardcast.v1.AlertService/PublishAlert",
                                                      Notice(++published_));
  }
  for (int i = 0; i < count; ++i) publishers_[static_cast<std::size_t>(i)]->Send();
}

void Publishers::EndAll() {
  to_end_ = std::exchange(open_, {});
  Idle();
}

bool Publishers::Idle() {
  for (const auto& publisher : publishers_) {
    if (to_end_.empty()) break;
    if (publisher->busy()) continue;
    v1::EndAlertRequest request;
    request.set_request_id(NewUlid(SystemClock().Now()));
    request.set_alert_id(to_end_.back());
    request.set_all_clear(true);
    to_end_.pop_back();
    ++under_way_;
    publisher->Prepare("wardcast.v1.AlertService/EndAlert", request);
    publisher->Send();
  }
  return under_way_ == 0;
}

void Publishers::OnAnswer(const std::string& published_id, const std::string& problem) {
  --under_way_;
  answered_ = Now();
  if (!problem.empty()) problem_ = problem;
  if (!published_id.empty()) open_.push_back(published_id);
}

}  // namespace wardcast::bench
