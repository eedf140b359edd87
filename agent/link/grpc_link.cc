#include "agent/link/grpc_link.h"

#include <google/protobuf/util/time_util.h>
#include <grpcpp/grpcpp.h>

#include <algorithm>
#include <utility>

#include "agent/link/broker_list.h"
#include "agent/link/call_count.h"
#include "agent/link/credentials.h"
#include "agent/link/grpc_status.h"
#include "agent/link/subscription_reader.h"
#include "wardcast/v1/endpoint_service.grpc.pb.h"

namespace wardcast::agent {
namespace {

using google::protobuf::util::TimeUtil;

constexpr int kLargestMessage = 16 << 20;  // 200 alerts of 16 KiB, answers and room to grow

// A channel for one attempt: the link has its own back-off, so gRPC's must not wait in its place.
std::shared_ptr<grpc::Channel> Connect(const std::string& broker,
                                       const std::optional<ClientTls>& tls) {
  grpc::ChannelArguments arguments;
  arguments.SetInt(GRPC_ARG_HTTP2_BDP_PROBE, 0);  // its pings are half of the traffic at rest
  arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
  arguments.SetInt(GRPC_ARG_ENABLE_HTTP_PROXY,
                   0);  // a hospital's proxy is not on the way to its own broker
  arguments.SetMaxReceiveMessageSize(kLargestMessage);
  return grpc::CreateCustomChannel(broker, CredentialsOf(tls), arguments);
}

// What one unary call needs until it is over.
template <class Request, class Response>
struct UnaryCall {
  grpc::ClientContext context;
  Request request;
  Response response;
};

class GrpcLink final : public Link {
 public:
  GrpcLink(LinkConfig config, Post post, LinkEvents& events)
      : config_(std::move(config)),
        post_(std::move(post)),
        events_(events),
        brokers_(config_.brokers, config_.seed) {}

  ~GrpcLink() override {
    *alive_ = false;
    if (reader_) reader_->Cancel();
    CancelUnary();
    calls_->WaitForNone();
  }

  Elapsed Tick(Elapsed now) override {
    now_ = now;
    if (state_ == State::kWaiting) stub_.reset();
    std::erase_if(channels_, [](const auto& channel) { return channel.use_count() == 1; });
    switch (state_) {
      case State::kWaiting: {
        const BrokerList::Try next = brokers_.Next(now);
        if (next.at > now) return next.at;
        Subscribe(next.index);
        return now + config_.give_up_after;
      }
      case State::kSubscribed:
        if (now - heard_ < config_.give_up_after) return heard_ + config_.give_up_after;
        silent_ = true;
        reader_->Cancel();
        break;
    }
    return now + config_.give_up_after;
  }

  bool connected() const override { return state_ == State::kSubscribed && heard_something_; }

  void Report(v1::ReportRequest request) override {
    if (!connected()) return events_.Reported(Fail(Code::kUnavailable, "no connection"));
    request.set_endpoint_id(config_.endpoint_id);
    Call<v1::ReportRequest, v1::ReportResponse>(
        std::move(request), config_.deadline,
        [stub = stub_](auto& call, auto done) {
          stub->async()->Report(&call.context, &call.request, &call.response, done);
        },
        [this](auto result) { events_.Reported(std::move(result)); });
  }

  Result<v1::ReportResponse> Leave(v1::ReportRequest request,
                                   std::chrono::milliseconds wait) override {
    if (!connected()) return Fail(Code::kUnavailable, "no connection");
    request.set_endpoint_id(config_.endpoint_id);
    request.set_goodbye(true);
    grpc::ClientContext context;
    context.set_deadline(std::chrono::system_clock::now() + wait);
    v1::ReportResponse response;
    const grpc::Status status = stub_->Report(&context, request, &response);
    if (!status.ok()) return std::unexpected(ToError(status));
    return response;
  }

  void FetchSettings() override {
    if (!connected()) return events_.SettingsCame(Fail(Code::kUnavailable, "no connection"));
    v1::GetSettingsRequest request;
    request.set_endpoint_id(config_.endpoint_id);
    Call<v1::GetSettingsRequest, v1::GetSettingsResponse>(
        std::move(request), config_.deadline,
        [stub = stub_](auto& call, auto done) {
          stub->async()->GetSettings(&call.context, &call.request, &call.response, done);
        },
        [this](auto result) { events_.SettingsCame(std::move(result)); });
  }

  void FetchProcedures() override {
    if (!connected()) return events_.ProceduresCame(Fail(Code::kUnavailable, "no connection"));
    v1::GetProceduresRequest request;
    request.set_endpoint_id(config_.endpoint_id);
    Call<v1::GetProceduresRequest, v1::GetProceduresResponse>(
        std::move(request), config_.deadline,
        [stub = stub_](auto& call, auto done) {
          stub->async()->GetProcedures(&call.context, &call.request, &call.response, done);
        },
        [this](auto result) { events_.ProceduresCame(std::move(result)); });
  }

 private:
  enum class State {
    kWaiting,     // until the next try
    kSubscribed,  // the stream is open, or being opened
  };

  // Runs `task` on the owner's thread, unless the link is gone by then.
  void OnOwner(std::move_only_function<void()> task) {
    post_([alive = alive_, task = std::move(task)]() mutable {
      if (*alive) task();
    });
  }

  template <class Request, class Response, class Start, class Done>
  void Call(Request request, std::chrono::milliseconds deadline, Start start, Done done) {
    auto call = std::make_shared<UnaryCall<Request, Response>>();
    call->request = std::move(request);
    call->context.set_deadline(std::chrono::system_clock::now() + deadline);
    std::erase_if(unary_, [](const auto& other) { return other.expired(); });
    unary_.push_back(std::shared_ptr<grpc::ClientContext>(call, &call->context));
    calls_->Add();
    // Captures what outlives the link by itself: the destructor waits for `calls` before `this`
    // goes.
    start(*call, [this, call, done, calls = calls_](const grpc::Status& status) mutable {
      Result<Response> result = status.ok() ? Result<Response>(std::move(call->response))
                                            : Result<Response>(std::unexpected(ToError(status)));
      if (!result) result.error().retry_after = RetryAfter(call->context);
      call.reset();  // it holds the channel: see channels_
      OnOwner([done, result = std::move(result)]() mutable { done(std::move(result)); });
      calls->Remove();
    });
  }

  void Subscribe(std::size_t broker) {
    broker_ = broker;
    channels_.push_back(Connect(brokers_.host(broker), config_.tls ? config_.tls() : std::nullopt));
    stub_ = v1::EndpointService::NewStub(channels_.back());
    v1::SubscribeRequest request = events_.Greet();
    request.mutable_endpoint()->set_id(config_.endpoint_id);
    state_ = State::kSubscribed;
    heard_ = now_;
    heard_something_ = false;
    silent_ = false;
    retry_after_.reset();
    const std::uint64_t stream = ++stream_;
    reader_ = SubscriptionReader::Start(
        *stub_, std::move(request),
        {.received =
             [this, stream](v1::SubscribeResponse message) {
               OnOwner([this, stream, message = std::move(message)] { Take(stream, message); });
             },
         .closed =
             [this, stream](const grpc::Status& status) {
               OnOwner([this, stream, status] { Close(stream, status); });
             }},
        calls_);
  }

  void Take(std::uint64_t stream, const v1::SubscribeResponse& message) {
    if (stream != stream_) return;
    heard_ = now_;
    heard_something_ = true;
    if (message.synced()) brokers_.Succeeded(broker_);
    if (message.has_retry_after()) {
      retry_after_ =
          std::chrono::milliseconds(TimeUtil::DurationToMilliseconds(message.retry_after()));
    }
    const std::shared_ptr<SubscriptionReader> reader = reader_;
    events_.Received(message);
    reader->Continue();
  }

  void Close(std::uint64_t stream, const grpc::Status& status) {
    if (stream != stream_) return;
    if (silent_) return Lose(Error{Code::kUnavailable, "nothing was heard for too long", {}});
    if (status.ok())
      return Lose(Error{Code::kUnavailable, "the broker closed the subscription", {}});
    Lose(ToError(status));
  }

  void CancelUnary() {
    for (const auto& call : unary_) {
      if (const auto context = call.lock()) context->TryCancel();
    }
    unary_.clear();
  }

  void Lose(const Error& error) {
    state_ = State::kWaiting;
    CancelUnary();  // they fail now instead of at their deadline
    reader_.reset();
    ++stream_;
    brokers_.Failed(broker_, now_, retry_after_);
    const LinkLoss loss{brokers_.host(broker_), error, std::exchange(retry_after_, std::nullopt)};
    events_.Lost(loss);
  }

  const LinkConfig config_;
  const Post post_;
  LinkEvents& events_;
  BrokerList brokers_;
  const std::shared_ptr<bool> alive_ =
      std::make_shared<bool>(true);  // read and written by the owner only
  const std::shared_ptr<CallCount> calls_ = std::make_shared<CallCount>();
  std::vector<std::weak_ptr<grpc::ClientContext>> unary_;
  State state_ = State::kWaiting;
  std::size_t broker_ = 0;
  // Those in use and those whose calls are still ending. The last reference to a channel must go on
  // the owner's thread: with the last channel gRPC joins the threads that its callbacks run on, and
  // a callback that lets go of it would wait for itself, then use what is freed.
  std::vector<std::shared_ptr<grpc::Channel>> channels_;
  std::shared_ptr<v1::EndpointService::Stub> stub_;
  std::shared_ptr<SubscriptionReader> reader_;
  std::uint64_t stream_ = 0;  // tells events of an earlier stream apart
  Elapsed now_{0};
  Elapsed heard_{0};
  bool heard_something_ = false;
  bool silent_ = false;
  std::optional<std::chrono::milliseconds> retry_after_;
};

}  // namespace

std::unique_ptr<Link> MakeGrpcLink(LinkConfig config, Post post, LinkEvents& events) {
  return std::make_unique<GrpcLink>(std::move(config), std::move(post), events);
}

}  // namespace wardcast::agent
