#include "server/http/live_socket.h"

#include <libwebsockets.h>

#include <chrono>
#include <utility>

#include "server/feed/delivery.h"
#include "server/http/listener.h"
#include "server/http/live/server_frame.h"
#include "server/http/service.h"

namespace wardcast {
namespace {

constexpr std::string_view kReport = "wardcast.v1.EndpointService/Report";
constexpr int kMaxReportsUnderWay = 8;
constexpr std::size_t kMaxReplies = 64;
constexpr int kMaxFramesPerTick = 50;
constexpr std::chrono::milliseconds kRetrySoon{1'000};
// For the last frames and the close to go out.
constexpr std::chrono::milliseconds kCloseTimeout{5'000};
// For the peer to answer a close.
constexpr std::chrono::milliseconds kCloseAnswer{2'000};

}  // namespace

LiveSocket::LiveSocket(Door& door, ConnectionId id, std::string peer, BrowserCookies cookies,
                       lws* wsi)
    : door_(door),
      id_(id),
      peer_(std::move(peer)),
      cookies_(std::move(cookies)),
      wsi_(wsi),
      opened_(MonotonicNow()),
      heard_(opened_),
      pinged_(opened_),
      blocked_since_(opened_) {}

LiveSocket::~LiveSocket() { End(); }

bool LiveSocket::OnReadable(std::string_view bytes) {
  heard_ = MonotonicNow();
  while (OnEvent(reader_.Next(bytes))) {
  }
  return closing_ != Closing::kOver || Choked();
}

bool LiveSocket::OnEvent(FrameReader::Event event) {
  const bool listens = closing_ == Closing::kNo || leaving();
  switch (event) {
    case FrameReader::Event::kMore:
      return false;
    case FrameReader::Event::kData:
      if (listens) OnFragment();
      return true;
    case FrameReader::Event::kPing:
      if (listens) OnPing();
      return true;
    case FrameReader::Event::kPong:
      return true;
    case FrameReader::Event::kClose:
      OnPeerClose();
      return false;
    case FrameReader::Event::kBroken:
      if (closing_ == Closing::kBegun) closing_ = Closing::kOver;
      Close(CloseCode::kProtocolError, reader_.problem());
      return false;
  }
  return false;
}

void LiveSocket::OnFragment() {
  if (reader_.binary()) return Close(CloseCode::kMalformed, "text frames only");
  switch (assembly_.Append(reader_.data(), reader_.first(), reader_.last())) {
    case FrameAssembly::State::kMore:
      break;
    case FrameAssembly::State::kTooLarge:
      Close(CloseCode::kMalformed, "frame over 64 KiB");
      break;
    case FrameAssembly::State::kComplete:
      if (++frames_this_tick_ > kMaxFramesPerTick) {
        Close(CloseCode::kComeBackLater, "too many frames");
      } else if (auto frame = ParseClientFrame(assembly_.Take()); frame) {
        OnFrame(std::move(*frame));
      } else {
        Reply(ErrorFrame({}, frame.error()));
        Close(CloseCode::kMalformed, "not a ClientFrame");
      }
      break;
  }
}

// Of pings that come faster than they can be answered, the latest counts (RFC 6455 §5.5.3).
void LiveSocket::OnPing() {
  if (++frames_this_tick_ > kMaxFramesPerTick)
    return Close(CloseCode::kComeBackLater, "too many frames");
  pong_ = reader_.data();
  Pump();
}

void LiveSocket::OnPeerClose() {
  if (closing_ != Closing::kBegun) {
    const std::string code = reader_.data().substr(0, 2);
    if (!Choked()) Write(WithRoom(code.size() == 2 ? code : ""), Opcode::kClose);
  }
  closing_ = Closing::kOver;
  closing_since_ = MonotonicNow();
  End();
  if (Choked()) lws_callback_on_writable(wsi_);
}

bool LiveSocket::OnWriteable() {
  Pump();
  return CloseIfDue();
}

bool LiveSocket::OnTimer() { return CloseIfDue(); }

void LiveSocket::OnFrame(v1::ClientFrame frame) {
  asked_ = true;
  if (leaving() && frame.frame_case() != v1::ClientFrame::kReport) return;
  switch (frame.frame_case()) {
    case v1::ClientFrame::kSubscribe:
      return Subscribe(frame);
    case v1::ClientFrame::kReport:
      return Report(std::move(frame));
    case v1::ClientFrame::kWatchProgress:
      return Watch(frame);
    case v1::ClientFrame::FRAME_NOT_SET:
      return;
  }
}

const Caller* LiveSocket::CallerOf(const v1::ClientFrame& frame) {
  Caller caller{.bearer = frame.token(), .peer = peer_};
  if (const std::string* cookie = CookieFor(cookies_, frame.token()))
    caller = {.bearer = {}, .peer = peer_, .session = *cookie, .csrf = frame.token()};
  const bool anonymous = caller.bearer.empty() && caller.session.empty();
  const bool same = caller.bearer == caller_.bearer && caller.session == caller_.session;
  // A socket belongs to one person: what was opened for the first would outlive their session.
  if (signed_in_ && !anonymous && !same) {
    Close(CloseCode::kNotSignedIn, "this socket is somebody else's");
    return nullptr;
  }
  if (!signed_in_ && (!anonymous || caller_.peer.empty())) caller_ = std::move(caller);
  return &caller_;
}

bool LiveSocket::CheckSignedIn() {
  if (!signed_in_ && !(caller_.bearer.empty() && caller_.session.empty()))
    signed_in_ = door_.live.Look(caller_);
  const auto now = std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
  if (!signed_in_ || !signed_in_->over(now)) return true;
  signed_in_.reset();
  Close(CloseCode::kNotSignedIn, "not signed in any more");
  return false;
}

// Whoever was let in is known by now: from here on their signing out is noticed.
void LiveSocket::OnWake() {
  if (closing_ == Closing::kNo) CheckSignedIn();
  Pump();
}

void LiveSocket::Subscribe(const v1::ClientFrame& frame) {
  if (session_) {
    return Reply(ErrorFrame(frame.request_id(),
                            {Code::kFailedPrecondition, "this socket has subscribed already"}));
  }
  const Caller* caller = CallerOf(frame);
  if (caller == nullptr) return;
  // Looked at before: if the credential ends while the session opens, it is not known any more.
  const bool shown = !caller->bearer.empty() || !caller->session.empty();
  SignedInPtr who = shown ? door_.live.Look(*caller) : nullptr;
  auto session = door_.live.Subscribe(*caller, frame.subscribe(),
                                      [mailbox = door_.mailbox, id = id_] { mailbox->Wake(id); });
  if (!session) return Refuse(frame.request_id(), session.error());
  session_ = std::move(*session);
  if (!signed_in_) signed_in_ = std::move(who);
  CheckSignedIn();
  Pump();
}

void LiveSocket::Refuse(const std::string& request_id, const Error& error) {
  Reply(ErrorFrame(request_id, error));
  switch (error.code) {
    case Code::kUnavailable:
    case Code::kResourceExhausted:
      Reply(RetryAfterFrame(door_.draining ? door_.retry_after
                                           : error.retry_after.value_or(kRetrySoon)));
      return Close(door_.draining ? CloseCode::kRestarting : CloseCode::kComeBackLater,
                   "come back later");
    case Code::kUnauthenticated:
      return Close(CloseCode::kNotSignedIn, "not signed in");
    case Code::kPermissionDenied:
      return Close(CloseCode::kNotAllowed, "not allowed");
    case Code::kInvalidArgument:
    case Code::kNotFound:
    case Code::kAlreadyExists:
    case Code::kFailedPrecondition:
    case Code::kAborted:
    case Code::kUnimplemented:
    case Code::kDataLoss:
    case Code::kInternal:
      return;
  }
}

void LiveSocket::Report(v1::ClientFrame frame) {
  const std::string request_id = frame.request_id();
  if (reports_under_way_ == kMaxReportsUnderWay) {
    return Reply(
        ErrorFrame(request_id, {.code = Code::kResourceExhausted,
                                .message = "8 reports are under way; wait for their answers",
                                .retry_after = kRetrySoon}));
  }
  auto request = door_.dispatcher.NewRequest(kReport);
  if (!request || request->GetDescriptor() != v1::ReportRequest::descriptor()) {
    return Reply(ErrorFrame(request_id, {Code::kUnimplemented, "reports are not taken here"}));
  }
  static_cast<v1::ReportRequest&>(*request).Swap(frame.mutable_report());
  const Caller* caller = CallerOf(frame);
  if (caller == nullptr) return;
  ++reports_under_way_;
  auto done = [mailbox = door_.mailbox, id = id_, request_id](auto result) {
    std::string text =
        result ? ReportFrame(request_id, static_cast<const v1::ReportResponse&>(**result))
               : ErrorFrame(request_id, result.error());
    mailbox->Post([id, text = std::move(text)](Service* service) mutable {
      if (LiveSocket* socket = service->FindSocket(id)) socket->OnReportAnswer(std::move(text));
    });
  };
  door_.dispatcher.Call(kReport, *caller, std::move(request), std::move(done));
}

void LiveSocket::OnReportAnswer(std::string frame) {
  --reports_under_way_;
  if (closing_ == Closing::kNo || leaving()) Reply(std::move(frame));
}

void LiveSocket::Watch(const v1::ClientFrame& frame) {
  const Caller* caller = CallerOf(frame);
  if (caller == nullptr) return;
  watch_.Cancel();
  progress_ = std::make_shared<Progress>();
  auto next = [mailbox = door_.mailbox, id = id_, progress = progress_,
               request_id = frame.request_id()](auto result) {
    std::string text =
        result ? ProgressFrame(request_id, **result) : ErrorFrame(request_id, result.error());
    {
      const MutexLock lock(progress->mu);
      const bool waiting = !progress->latest.empty();
      progress->latest = std::move(text);
      if (waiting) return;  // it has been woken for the one before
    }
    mailbox->Wake(id);
  };
  watch_ = door_.live.WatchProgress(*caller, frame.watch_progress(), std::move(next));
}

void LiveSocket::Reply(std::string frame) {
  if (replies_.size() == kMaxReplies) {
    if (closing_ == Closing::kNo) ++door_.too_slow;
    return Close(CloseCode::kTooSlow, "answers are not taken");
  }
  replies_.push_back(std::move(frame));
  Pump();
}

bool LiveSocket::Choked() const {
  return lws_partial_buffered(wsi_) != 0 || lws_send_pipe_choked(wsi_) != 0;
}

void LiveSocket::Pump() {
  if (closing_ == Closing::kBegun || closing_ == Closing::kOver) return;
  while (!Choked()) {
    blocked_ = false;
    if (pong_) {
      const std::string payload = *std::exchange(pong_, std::nullopt);
      if (Write(WithRoom(payload), Opcode::kPong)) continue;
    }
    const std::span<unsigned char> frame = NextFrame();
    if (frame.empty()) {
      if (closing_ == Closing::kDue && !leaving()) CallBackSoon(wsi_);
      return;
    }
    if (!Write(frame, Opcode::kText)) {
      replies_.clear();
      farewell_.clear();
      return Close(CloseCode::kTooSlow, "gone");
    }
  }
  if (!std::exchange(blocked_, true)) {
    blocked_since_ = MonotonicNow();
    acknowledged_ = AcknowledgedBytes(lws_get_socket_fd(wsi_));
  }
  lws_callback_on_writable(wsi_);
}

std::span<unsigned char> LiveSocket::NextFrame() {
  if (!replies_.empty()) {
    const std::span<unsigned char> frame = WithRoom(replies_.front());
    replies_.pop_front();
    return frame;
  }
  if (leaving() && reports_under_way_ == 0) return WithRoom(std::exchange(farewell_, {}));
  if (closing_ != Closing::kNo) return {};
  if (session_) {
    if (const auto delivery = session_->Take()) {
      if (delivery->retry_after) Leave(*delivery->retry_after);
      return door_.deliveries.Of(*delivery);
    }
  }
  if (progress_) {
    const MutexLock lock(progress_->mu);
    return WithRoom(std::exchange(progress_->latest, {}));
  }
  return {};
}

std::span<unsigned char> LiveSocket::WithRoom(std::string_view text) {
  door_.scratch.resize(LWS_PRE);
  door_.scratch.insert(door_.scratch.end(), text.begin(), text.end());
  return std::span(door_.scratch).subspan(LWS_PRE);
}

bool LiveSocket::Write(std::span<unsigned char> payload, Opcode opcode) {
  static_assert(LWS_PRE >= kFrameHead);
  const std::span<unsigned char> frame = WithFrameHead(payload, opcode);
  return lws_write(wsi_, frame.data(), frame.size(), LWS_WRITE_RAW) >= 0;
}

void LiveSocket::OnTick(Instant now) {
  frames_this_tick_ = 0;
  const HttpConfig& config = door_.config;
  switch (closing_) {
    case Closing::kNo:
      if (!CheckSignedIn()) return;
      break;
    case Closing::kDue:
      // The last frames do not go out: give up on them.
      if (now - blocked_since_ > kCloseTimeout)
        lws_set_timeout(wsi_, PENDING_TIMEOUT_USER_OK, LWS_TO_KILL_ASYNC);
      return;
    case Closing::kBegun:
    case Closing::kOver:
      if (now - closing_since_ > kCloseAnswer)
        lws_set_timeout(wsi_, PENDING_TIMEOUT_USER_OK, LWS_TO_KILL_ASYNC);
      return;
  }
  if (now - heard_ > config.silence_timeout) {
    lws_set_timeout(wsi_, PENDING_TIMEOUT_USER_OK, LWS_TO_KILL_ASYNC);
    return;
  }
  if (!asked_ && now - opened_ > config.ask_timeout)
    return Close(CloseCode::kTooSlow, "nothing was asked");
  if (blocked_) {
    const std::uint64_t acknowledged = AcknowledgedBytes(lws_get_socket_fd(wsi_));
    if (acknowledged != acknowledged_) {
      acknowledged_ = acknowledged;
      blocked_since_ = now;
    } else if (now - blocked_since_ > config.slow_timeout) {
      ++door_.too_slow;
      blocked_since_ = now;
      replies_.clear();
      return Close(CloseCode::kTooSlow, "too slow");
    }
  }
  if (now - pinged_ >= config.ping_every && !Choked()) {
    pinged_ = now;
    if (!Write(WithRoom({}), Opcode::kPing)) Close(CloseCode::kTooSlow, "gone");
  }
}

void LiveSocket::OnDrain() {
  if (!session_) Leave(door_.retry_after);
}

void LiveSocket::OnStop() { Leave(door_.retry_after); }

void LiveSocket::Leave(std::chrono::milliseconds retry_after) {
  if (closing_ != Closing::kNo) return;
  farewell_ = RetryAfterFrame(retry_after);
  Close(CloseCode::kRestarting, "broker restarting");
}

void LiveSocket::Close(CloseCode code, std::string_view reason) {
  if (closing_ != Closing::kNo) return;
  closing_ = Closing::kDue;
  code_ = code;
  reason_ = reason;
  if (!blocked_) blocked_since_ = MonotonicNow();
  End();
  CallBackSoon(wsi_);
}

// Waits for calls that are running; they only leave letters.
void LiveSocket::End() {
  if (session_) std::exchange(session_, nullptr)->Close();
  watch_.Cancel();
  progress_.reset();
}

bool LiveSocket::CloseIfDue() {
  if (closing_ == Closing::kOver) return Choked();
  if (closing_ != Closing::kDue) return true;
  Pump();
  // Pump has asked to be called back, or the answers to reports come.
  if (!replies_.empty() || !farewell_.empty() || Choked()) return true;
  closing_ = Closing::kBegun;
  closing_since_ = MonotonicNow();
  return Write(WithRoom(ClosePayload(static_cast<int>(code_), reason_)), Opcode::kClose);
}

}  // namespace wardcast
