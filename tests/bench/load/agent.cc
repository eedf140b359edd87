#include "tests/bench/load/endpoint.h"
#include "tests/bench/load/wire/grpc_client.h"
#include "wardcast/v1/endpoint_service.pb.h"

namespace wardcast::bench {
namespace {

constexpr int kResourceExhausted = 8;
constexpr int kUnavailable = 14;

class Agent final : public Endpoint, CallEvents {
 public:
  Agent(const Place& place, int number, Loop& loop, Tally& tally)
      : place_(place),
        number_(number),
        tally_(tally),
        client_(place.host, place.token, *this),
        connection_(loop, client_, place.tls.get()) {
    v1::SubscribeRequest request;
    request.mutable_endpoint()->set_id(EndpointId(number));
    request.mutable_endpoint()->set_agent_version("bench");
    request.mutable_endpoint()->set_watcher(!place.token.empty());
    request_ = request.SerializeAsString();
    Subscribe();
  }

  const std::string& problem() const override {
    return problem_.empty() ? connection_.problem() : problem_;
  }
  std::uint64_t received() const override { return connection_.received(); }
  Result<void> Open() override { return connection_.Open(place_.address, number_); }

  bool Report(const std::string& report, ReportEvents& events) override {
    events_ = &events;
    report_ = client_.Call("wardcast.v1.EndpointService/Report", report);
    connection_.Flush();
    return report_ != 0;
  }

 private:
  void OnMessage(CallId call, std::string_view message) override {
    if (call == subscription_) return OnDelivery(message);
    v1::ReportResponse response;
    answer_ = {};
    if (!response.ParseFromArray(message.data(), static_cast<int>(message.size()))) {
      answer_.problem = "not a ReportResponse";
    } else if (response.refused_size() > 0) {
      answer_.again = response.refused(0).retry();
      answer_.problem = response.refused(0).reason();
    } else {
      answer_.recorded = response.recorded_ids_size() > 0;
    }
  }

  void Subscribe() {
    subscription_ = client_.Call("wardcast.v1.EndpointService/Subscribe", request_);
  }

  void OnDelivery(std::string_view message) {
    static thread_local Arrival arrival;  // shared by all: it keeps its memory
    if (!ReadArrival(message, arrival)) problem_ = "a delivery that cannot be read";
    if (arrival.goodbye) problem_ = "the broker says goodbye";
    synced_ = synced_ || arrival.synced;
    tally_.Add(number_, arrival);
  }

  void OnEnd(CallId call, int status, const std::string& problem) override {
    // A token that the broker has to look up first: it says that retry is safe.
    if (call == subscription_ && status == kUnavailable && !synced_ && !place_.token.empty())
      return Subscribe();
    if (call == subscription_) {
      problem_ = "the subscription ended with status " + std::to_string(status) + " " + problem;
      return;
    }
    if (status != 0) {
      answer_ = {.recorded = false,
                 .again = status == kResourceExhausted || status == kUnavailable,
                 .problem = "status " + std::to_string(status) + " " + problem};
    }
    events_->OnReported(number_, answer_);
  }

  const Place& place_;
  const int number_;
  Tally& tally_;
  GrpcClient client_;
  Connection connection_;
  std::string request_;
  CallId subscription_ = 0;
  CallId report_ = 0;
  Reported answer_;
  ReportEvents* events_ = nullptr;
  std::string problem_;
};

}  // namespace

std::unique_ptr<Endpoint> MakeAgent(const Place& place, int number, Loop& loop, Tally& tally) {
  return std::make_unique<Agent>(place, number, loop, tally);
}

}  // namespace wardcast::bench
