#include "tests/house/broker_part.h"

#include <future>
#include <stdexcept>

#include "base/bytes.h"
#include "server/access/admin_token.h"

namespace wardcast::testing {
namespace {

constexpr const char* kToken = "the administrator's";

template <class T>
T OrThrow(Result<T> result) {
  if (!result) throw std::runtime_error(result.error().message);
  return std::move(*result);
}

}  // namespace

BrokerPart::BrokerPart(House& house, std::unique_ptr<Bus> its_bus,
                       std::chrono::milliseconds ask_every)
    : bus(std::move(its_bus)),
      hub(HubConfig{}, house.clock),
      authenticator_(*house.store, house.clock, {.insecure_loopback = true}) {
  if (auto put = house.store->PutToken(kAdminTokenOwner, Sha256Hex(kToken), house.clock.Now());
      !put) {
    throw std::runtime_error(put.error().message);
  }
  feed_.emplace(FeedConfig{.ask_every = ask_every,
                           .journal_every = std::chrono::milliseconds(1),
                           .tick_every = std::chrono::milliseconds(5)},
                *house.store, *bus, hub, house.clock);
  if (auto started = feed_->Start(); !started) throw std::runtime_error(started.error().message);
  JournalConfig journal;
  journal.gather = std::chrono::milliseconds(1);
  journal.broker_id = "in-process";
  journal_.emplace(std::move(journal), *house.store, *bus, house.clock);
  api_.emplace(ApiParts{.store = *house.store,
                        .bus = *bus,
                        .hub = hub,
                        .journal = *journal_,
                        .authenticator = authenticator_,
                        .health = health_,
                        .signing_key = house.key,
                        .clock = house.clock,
                        .version = "test"});
}

BrokerPart::~BrokerPart() {
  api_->Stop();
  journal_.reset();
  feed_.reset();
  api_.reset();
}

Result<std::unique_ptr<google::protobuf::Message>> BrokerPart::CallAny(
    std::string_view method, const google::protobuf::Message& request) {
  using Answer = Result<std::unique_ptr<google::protobuf::Message>>;
  std::unique_ptr<google::protobuf::Message> copy(request.New());
  copy->CopyFrom(request);
  const auto promise = std::make_shared<std::promise<Answer>>();
  auto answer = promise->get_future();
  // Endpoints have no token; they say who they are (insecure_loopback).
  const bool endpoint = method.starts_with("EndpointService/");
  const std::string bearer = endpoint ? "" : kToken;
  api_->methods().Call("wardcast.v1." + std::string(method),
                       Caller{.bearer = bearer, .peer = "test"}, std::move(copy),
                       [promise](Answer result) { promise->set_value(std::move(result)); });
  if (answer.wait_for(std::chrono::seconds(30)) != std::future_status::ready) {
    return Fail(Code::kInternal, std::string(method) + " was not answered");
  }
  return answer.get();
}

v1::PublishAlertRequest BrokerPart::Outage(const std::string& headline,
                                           std::vector<std::string> wards) {
  v1::PublishAlertRequest request;
  v1::Alert& alert = *request.mutable_alert();
  alert.set_kind(v1::Kind::OUTAGE);
  alert.set_severity(v1::Severity::SEVERE);
  alert.set_headline(headline);
  alert.mutable_audience()->set_everyone(wards.empty());
  for (std::string& ward : wards) alert.mutable_audience()->add_wards(std::move(ward));
  return request;
}

v1::Alert BrokerPart::Publish(const std::string& headline, std::vector<std::string> wards) {
  return Publish(Outage(headline, std::move(wards)));
}

v1::Alert BrokerPart::Publish(const v1::PublishAlertRequest& request) {
  return OrThrow(Call<v1::PublishAlertResponse>("AlertService/PublishAlert", request)).alert();
}

v1::Alert BrokerPart::Update(const v1::UpdateAlertRequest& request) {
  return OrThrow(Call<v1::UpdateAlertResponse>("AlertService/UpdateAlert", request)).alert();
}

v1::Alert BrokerPart::End(const std::string& alert_id) {
  v1::EndAlertRequest request;
  request.set_alert_id(alert_id);
  request.set_all_clear(true);
  return OrThrow(Call<v1::EndAlertResponse>("AlertService/EndAlert", request)).alert();
}

v1::AlertProgress BrokerPart::Progress(const std::string& alert_id) {
  v1::GetProgressRequest request;
  request.set_alert_id(alert_id);
  return OrThrow(Call<v1::GetProgressResponse>("AlertService/GetProgress", request)).progress();
}

}  // namespace wardcast::testing
