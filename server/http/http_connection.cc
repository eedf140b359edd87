#include "server/http/http_connection.h"

#include <libwebsockets.h>
#include <sys/socket.h>

#include <algorithm>
#include <utility>

#include "base/log.h"
#include "server/http/connect/connect_error.h"
#include "server/http/connect/endpoint_answer.h"
#include "server/http/connect/session_answer.h"
#include "server/http/listener.h"
#include "server/http/service.h"
#include "server/http/tls_host.h"
#include "server/http/wire/origin.h"
#include "server/http/wire/upgrade.h"

namespace wardcast {
namespace {

constexpr std::string_view kImport = "wardcast.v1.DirectoryService/ImportDirectory";
constexpr std::size_t kPiece = 64 * 1024;
constexpr std::chrono::milliseconds kLinger{2'000};

Response WithClose(Response response) {
  response.close = true;
  return response;
}

Response Overloaded() {
  return WithClose(ConnectErrorResponse(
      503, "resource_exhausted", "too many large requests at once; try again in a few seconds"));
}

Response TooLarge(std::size_t limit) {
  return WithClose(ConnectErrorResponse(
      413, "resource_exhausted",
      "the body is larger than " + std::to_string(limit) + " bytes, the limit of this call"));
}

}  // namespace

HttpConnection::HttpConnection(Door& door, ConnectionId id, std::string peer)
    : door_(door), id_(id), peer_(std::move(peer)), since_(MonotonicNow()) {}

HttpConnection::~HttpConnection() {
  if (body_) door_.buffered -= body_->size();
}

bool HttpConnection::OnReadable(std::string_view data) {
  if (state_ == State::kLingering) return true;
  if (state_ == State::kHead && input_.empty()) since_ = MonotonicNow();
  input_ += data;
  return Advance();
}

bool HttpConnection::OnWriteable() { return state_ != State::kSending || Advance(); }

bool HttpConnection::Advance() {
  bool again = true;
  while (again) {
    const State before = state_;
    switch (state_) {
      case State::kHead:
        ReadHead();
        break;
      case State::kBody:
        ReadBody();
        break;
      case State::kWaiting:
      case State::kUpgraded:
        break;
      case State::kSending:
        if (!Send()) return false;
        break;
      case State::kLingering:
        input_.clear();
        break;
    }
    again = state_ != before;
  }
  // What a client sends ahead stays in the kernel until its turn.
  const bool read = state_ != State::kWaiting && state_ != State::kSending;
  if (read != reading_) {
    reading_ = read;
    if (lws_rx_flow_control(wsi_, read ? 1 : 0) != 0) return false;
  }
  return true;
}

void HttpConnection::ReadHead() {
  if (input_.empty()) return;
  HeadResult result = ParseHead(input_);
  switch (result.state) {
    case HeadResult::State::kMore:
      return;
    case HeadResult::State::kBad:
      head_ = {};
      return Respond(WithClose(PlainPage(result.status, result.problem)));
    case HeadResult::State::kDone:
      break;
  }
  input_.erase(0, result.used);
  ++door_.requests;
  first_request_ = false;
  Route(std::move(result.head));
}

void HttpConnection::Route(RequestHead head) {
  head_ = std::move(head);
  const BodyLength length = ReadBodyLength(head_);
  if (length.bad_status != 0) {
    return Respond(WithClose(PlainPage(length.bad_status, length.problem)));
  }
  if (IsLoopbackName(door_.config.host) && !IsLoopbackName(head_.Get("host"))) {
    return Respond(WithClose(PlainPage(
        421, "This broker listens on this machine only; open it under the name localhost.")));
  }
  const std::string_view path = head_.path();
  if (IsConnectPath(path)) return StartCall();
  const bool has_body = length.chunked || length.bytes > 0;
  Response response;
  if (path == "/ws" && !has_body) return Upgrade();
  if (path == "/healthz" && door_.pages.healthz) {
    response = Page(door_.pages.healthz(), "text/plain; charset=utf-8");
  } else if (path == "/readyz" && door_.pages.readyz) {
    response = Page(door_.pages.readyz(), "text/plain; charset=utf-8");
  } else if (path == "/metrics" && door_.pages.metrics) {
    response = Page(door_.pages.metrics(), "text/plain; version=0.0.4; charset=utf-8");
  } else {
    response = door_.site.Serve(head_);
  }
  // A body that nobody asked for is not read: the connection ends with this answer.
  response.close = response.close || has_body;
  Respond(std::move(response));
}

Response HttpConnection::Page(const HttpPage& page, std::string_view content_type) const {
  if (head_.method != "GET" && head_.method != "HEAD") {
    Response refused = PlainPage(405, "This page is read with GET.");
    refused.headers.push_back({"Allow", "GET, HEAD"});
    return refused;
  }
  return {.status = page.status,
          .headers = {{"Content-Type", std::string(content_type)}, {"Cache-Control", "no-store"}},
          .body = std::make_shared<const std::string>(page.text)};
}

void HttpConnection::Upgrade() {
  const auto handshake = CheckUpgrade(head_, door_.scheme);
  if (!handshake) return Respond(WithClose(handshake.error()));
  if (door_.draining) {
    return Respond(
        WithClose(PlainPage(503, "This broker is restarting; come back in a few seconds.")));
  }
  if (door_.sockets >= door_.config.max_sockets) {
    ++door_.refused;
    return Respond(WithClose(PlainPage(503, "Too many browsers are connected to this broker.")));
  }
  if (!Write(*handshake)) return CloseSoon();
  Enter(State::kUpgraded);
  CallBackSoon(wsi_);  // if nobody looks at it before
}

std::optional<std::string> HttpConnection::TakeUpgrade() {
  if (state_ != State::kUpgraded || closing_) return std::nullopt;
  return std::exchange(input_, {});
}

BrowserCookies HttpConnection::cookies() const {
  return head_.Has("origin") ? CookiesOf(head_, door_.scheme) : BrowserCookies();
}

void HttpConnection::StartCall() {
  auto call = ReadConnectCall(head_, door_.scheme);
  const BodyLength length = ReadBodyLength(head_);
  const bool has_body = length.chunked || length.bytes > 0;
  const auto refuse = [&](Response response) {
    response.close = response.close || has_body;
    Respond(std::move(response));
  };
  if (!call) return refuse(std::move(call.error()));
  if (!door_.dispatcher.NewRequest(call->method)) {
    return refuse(ConnectErrorResponse(404, "unimplemented",
                                       "there is no unary method " + call->method.substr(0, 200)));
  }
  call_ = std::move(*call);
  call_.caller.peer = peer_;
  const std::size_t limit = BodyLimit();
  if (head_.Has("expect") && !SameIgnoringCase(head_.Get("expect"), "100-continue")) {
    return refuse(ConnectErrorResponse(417, "invalid_argument",
                                       "the only expectation understood is 100-continue"));
  }
  body_.emplace(length, limit);
  if (body_->state() == BodyReader::State::kTooLarge) {
    body_.reset();
    return refuse(TooLarge(limit));
  }
  expected_body_ = length.bytes;
  if (head_.Has("expect") && has_body && input_.empty()) Write("HTTP/1.1 100 Continue\r\n\r\n");
  Enter(State::kBody);
}

// Only who names a token may have us hold a large body.
std::size_t HttpConnection::BodyLimit() const {
  const bool import = call_.method == kImport && !call_.caller.bearer.empty();
  return import ? door_.config.max_import_body : door_.config.max_body;
}

void HttpConnection::ReadBody() {
  std::string_view rest = input_;
  const std::size_t before = body_->size();
  const BodyReader::State state = body_->Feed(rest);
  door_.buffered += body_->size();
  door_.buffered -= before;
  input_.erase(0, input_.size() - rest.size());
  const std::size_t limit = BodyLimit();
  switch (state) {
    case BodyReader::State::kMore:
      if (door_.buffered <= door_.config.max_buffered) return;
      door_.buffered -= body_->size();
      body_.reset();
      return Respond(Overloaded());
    case BodyReader::State::kTooLarge:
      body_.reset();
      return Respond(TooLarge(limit));
    case BodyReader::State::kMalformed:
      body_.reset();
      return Respond(WithClose(
          ConnectErrorResponse(400, "invalid_argument", "the chunks of the body are malformed")));
    case BodyReader::State::kDone:
      break;
  }
  door_.buffered -= body_->size();
  std::string body = body_->Take();
  body_.reset();
  Dispatch(std::move(body));
}

void HttpConnection::Dispatch(std::string body) {
  auto request = door_.dispatcher.NewRequest(call_.method);
  if (auto decoded = DecodeMessage(call_.format, body, *request); !decoded) {
    return Respond(ConnectErrorResponse(decoded.error()));
  }
  const std::uint64_t ticket = ++ticket_;
  deadline_ = MonotonicNow() + std::min(call_.timeout.value_or(door_.config.answer_timeout),
                                        door_.config.answer_timeout);
  Enter(State::kWaiting);
  // The answer is encoded where it comes from, so that a long one does not hold up this thread.
  auto done = [mailbox = door_.mailbox, id = id_, ticket, format = call_.format,
               scheme = door_.scheme, wants_token = WantsToken(*request),
               endpoint = EndpointSecretOf(call_)](auto result) {
    std::optional<Header> cookie;
    if (result) cookie = SessionHeaderOf(wants_token, **result, scheme);
    if (result && !cookie)
      cookie = EndpointHeaderOf(endpoint, **result, scheme, SystemClock().Now());
    Response response =
        result ? EncodeAnswer(format, **result) : ConnectErrorResponse(result.error());
    if (cookie) response.headers.push_back(*cookie);
    mailbox->Post([id, ticket, response = std::move(response)](Service* service) mutable {
      if (HttpConnection* connection = service->FindConnection(id))
        connection->OnAnswer(ticket, std::move(response));
    });
  };
  door_.dispatcher.Call(call_.method, call_.caller, std::move(request), std::move(done));
}

void HttpConnection::OnAnswer(std::uint64_t ticket, Response response) {
  if (state_ != State::kWaiting || ticket != ticket_) return;
  Respond(std::move(response));
  if (!Advance()) CloseSoon();
}

void HttpConnection::Respond(Response response) {
  keep_alive_ = head_.keep_alive() && !response.close && !door_.draining;
  const bool busy = response.status == 503 || response.status == 429;
  const auto is_retry = [](const Header& header) { return header.name == "Retry-After"; };
  if (busy && std::ranges::none_of(response.headers, is_retry))
    response.headers.push_back({"Retry-After", RetryAfterSeconds(door_.retry_after)});
  response_head_ =
      SerializeHead(response, keep_alive_,
                    std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()));
  response_body_ = head_.method == "HEAD" ? nullptr : std::move(response.body);
  sent_ = 0;
  acknowledged_ = 0;
  head_.headers.clear();
  Enter(State::kSending);
}

bool HttpConnection::Send() {
  const std::size_t body_size = response_body_ ? response_body_->size() : 0;
  const std::size_t total = response_head_.size() + body_size;
  for (;;) {
    // Choked also means: libwebsockets still holds a part of the last piece.
    if (lws_send_pipe_choked(wsi_) != 0) {
      lws_callback_on_writable(wsi_);
      return true;
    }
    if (sent_ == total) break;
    std::string piece;
    if (sent_ < response_head_.size()) piece = response_head_.substr(sent_);
    if (body_size > 0) {
      const std::size_t at = sent_ + piece.size() - response_head_.size();
      piece += std::string_view(*response_body_).substr(at, kPiece);
    }
    if (!Write(piece)) return false;
    sent_ += piece.size();
    since_ = MonotonicNow();
  }
  FinishResponse();
  return true;
}

void HttpConnection::FinishResponse() {
  response_head_.clear();
  response_body_.reset();
  if (keep_alive_ && !door_.draining) return Enter(State::kHead);
  SayGoodbye(wsi_);
  shutdown(lws_get_socket_fd(wsi_), SHUT_WR);
  Enter(State::kLingering);
}

bool HttpConnection::Write(std::string_view bytes) {
  door_.scratch.resize(LWS_PRE);
  door_.scratch.insert(door_.scratch.end(), bytes.begin(), bytes.end());
  return lws_write(wsi_, door_.scratch.data() + LWS_PRE, bytes.size(), LWS_WRITE_RAW) >= 0;
}

void HttpConnection::OnTick(Instant now) {
  const auto waited = now - since_;
  const HttpConfig& config = door_.config;
  switch (state_) {
    case State::kHead:
      if (input_.empty() && waited > (first_request_ ? config.head_timeout : config.idle_timeout))
        return CloseSoon();
      if (input_.empty() || waited <= config.head_timeout) return;
      Respond(WithClose(PlainPage(408, "The request did not come to an end in time.")));
      break;
    case State::kBody:
      if (waited <= config.body_timeout + std::chrono::seconds(expected_body_ / 16'384)) return;
      door_.buffered -= body_->size();
      body_.reset();
      Respond(WithClose(ConnectErrorResponse(408, "deadline_exceeded",
                                             "the body did not come to an end in time")));
      break;
    case State::kWaiting:
      if (now < deadline_) return;
      // What the handler does meanwhile is not undone: the request_id makes a retry safe.
      Respond(ConnectErrorResponse(504, "deadline_exceeded",
                                   "no answer in time; it may still take effect"));
      break;
    case State::kSending: {
      const std::uint64_t acknowledged = AcknowledgedBytes(lws_get_socket_fd(wsi_));
      if (acknowledged != acknowledged_) {
        acknowledged_ = acknowledged;
        since_ = now;
      } else if (waited > config.slow_timeout) {
        ++door_.too_slow;
        CloseSoon();
      }
      return;
    }
    case State::kUpgraded:
      return;
    case State::kLingering:
      if (waited > kLinger) CloseSoon();
      return;
  }
  if (!Advance()) CloseSoon();
}

void HttpConnection::OnStop() {
  if (state_ == State::kHead && input_.empty()) CloseSoon();
}

void HttpConnection::CloseSoon() {
  closing_ = true;
  CallBackSoon(wsi_);
}

void HttpConnection::Enter(State state) {
  state_ = state;
  since_ = MonotonicNow();
}

}  // namespace wardcast
