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

constexpr std::size_t kMaxReplies = 64;
constexpr int kMaxFramesPerTick = 50;
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
