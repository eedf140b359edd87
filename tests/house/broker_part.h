// A broker without its front doors: bus, hub, feed, journal and API on a house's store, wired as
// the real one is. Calls go through the table of methods, as from a front door.
#pragma once

#include <google/protobuf/message.h>

#include <atomic>
#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "server/access/authenticator.h"
#include "server/api/api.h"
#include "server/bus/bus.h"
#include "server/feed/feed.h"
#include "server/feed/hub.h"
#include "server/journal/journal.h"
#include "tests/house/house.h"

namespace wardcast::testing {

// Nothing is wrong, as far as anybody asks.
class QuietHealth final : public HealthSource {
 public:
  std::vector<PartState> Parts() const override { return {}; }
  bool draining() const override { return false; }
};

// Threads: calls from any; made and destroyed by one.
class BrokerPart {
 public:
  // Starts at once; throws if it cannot. `ask_every`: how often the feed asks by itself.
  BrokerPart(House& house, std::unique_ptr<Bus> its_bus,
             std::chrono::milliseconds ask_every = std::chrono::seconds(60));
  // In the order of the real broker.
  ~BrokerPart();

  // Calls "AlertService/PublishAlert" as the administrator, "EndpointService/…" as an endpoint, and
  // waits for the answer; kInternal: none came in 30 s.
  template <class Response>
  Result<Response> Call(std::string_view method, const google::protobuf::Message& request) {
    auto answer = CallAny(method, request);
    if (!answer) return std::unexpected(answer.error());
    return std::move(static_cast<Response&>(**answer));
  }

  // The calls of everyday use; they throw if the broker refuses.
  v1::Alert Publish(const std::string& headline, std::vector<std::string> wards);
  v1::Alert Publish(const v1::PublishAlertRequest& request);
  v1::Alert Update(const v1::UpdateAlertRequest& request);
  v1::Alert End(const std::string& alert_id);
  v1::AlertProgress Progress(const std::string& alert_id);
  // A SEVERE outage, for these wards or, with none, for everyone.
  static v1::PublishAlertRequest Outage(const std::string& headline,
                                        std::vector<std::string> wards);

  std::unique_ptr<Bus> bus;
  Hub hub;

 private:
  Result<std::unique_ptr<google::protobuf::Message>> CallAny(
      std::string_view method, const google::protobuf::Message& request);

  std::optional<Feed> feed_;
  std::optional<Journal> journal_;
  Authenticator authenticator_;
  const QuietHealth health_;
  std::optional<Api> api_;
};

// A bus that loses what it is told to lose.
class LossyBus final : public Bus {
 public:
  void Publish(Topic topic, std::int64_t number) noexcept override {
    if (!deaf) inner_->Publish(topic, number);
  }
  Subscription Subscribe(std::function<void(Topic, std::int64_t)> heard) override {
    return inner_->Subscribe(std::move(heard));
  }
  BusHealth Health() const override { return inner_->Health(); }

  std::atomic<bool> deaf = false;

 private:
  const std::unique_ptr<Bus> inner_ = MakeInProcessBus();
};

}  // namespace wardcast::testing
