// One WebSocket: a browser's subscription, its reports, and the progress that it watches.
//
// What is to be sent is never queued without bound: alerts are state that the session collects, of
// progress only the latest is kept, answers to frames are limited by the frames that may be under
// way.
#pragma once

#include <deque>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/mutex.h"
#include "base/subscription.h"
#include "server/feed/session.h"
#include "server/http/connect/cookie_choice.h"
#include "server/http/door.h"
#include "server/http/live/client_frame.h"
#include "server/http/wire/socket_frame.h"

namespace wardcast {

// Close codes of the contract (docs/protocol.md, "WebSocket").
enum class CloseCode : int {
  kProtocolError = 1002,
  kMalformed = 4400,
  kNotSignedIn = 4401,
  kNotAllowed = 4403,
  kTooSlow = 4408,
  kComeBackLater = 4429,
  kRestarting = 1012,
};

// Threads: `http`.
class LiveSocket {
 public:
  // `cookies`: those that the browser showed.
  LiveSocket(Door& door, ConnectionId id, std::string peer, BrowserCookies cookies, lws* wsi);
  ~LiveSocket();
  LiveSocket(const LiveSocket&) = delete;
  LiveSocket& operator=(const LiveSocket&) = delete;

  // From libwebsockets. Each returns false: close the connection now.
  bool OnReadable(std::string_view bytes);
  bool OnWriteable();
  bool OnTimer();

  // From the mailbox.
  void OnWake();
  void OnReportAnswer(std::string frame);
  // Every half second.
  void OnTick(Instant now);
  // The broker drains: goes if it has no session; else the hub says when.
  void OnDrain();
  // The door closes: last frame and close.
  void OnStop();

 private:
  // The latest progress, written by `work-N`, taken by `http`.
  struct Progress {
    Mutex mu;
    std::string latest GUARDED_BY(mu);  // empty: nothing new
  };

  // False: nothing more is read.
  bool OnEvent(FrameReader::Event event);
  void OnFragment();
  void OnPing();
  // The peer closes: nothing more is sent but its own close.
  void OnPeerClose();
  void OnFrame(v1::ClientFrame frame);
  // Who sent it: whose cookie the frame's token belongs to, else whose token it is. nullptr:
  // somebody else than the frames before; closes.
  const Caller* CallerOf(const v1::ClientFrame& frame);
  // False: whoever this was has signed out, or their time is over; closes.
  bool CheckSignedIn();
  void Subscribe(const v1::ClientFrame& frame);
  void Report(v1::ClientFrame frame);
  void Watch(const v1::ClientFrame& frame);
  // Refuses a subscription, and closes unless the client can do better.
  void Refuse(const std::string& request_id, const Error& error);
  void Reply(std::string frame);
  // Writes what is due for as long as the socket takes it, then asks to be called back when it
  // takes more.
  void Pump();
  // Empty: nothing is due. With room in front for libwebsockets; holds until the next call.
  std::span<unsigned char> NextFrame();
  std::span<unsigned char> WithRoom(std::string_view text);
  bool Write(std::span<unsigned char> payload, Opcode opcode);
  // Closes after what is under way was answered and `retryAfter` was said.
  void Leave(std::chrono::milliseconds retry_after);
  bool leaving() const { return closing_ == Closing::kDue && !farewell_.empty(); }
  // After what is in `replies_`: closes with this code. From then on nothing else is sent or
  // received.
  void Close(CloseCode code, std::string_view reason);
  void End();
  // Writes the close frame when nothing is before it; false: it is out, and so is the peer's.
  bool CloseIfDue();
  bool Choked() const;

  Door& door_;
  const ConnectionId id_;
  const std::string peer_;
  const BrowserCookies cookies_;
  Caller caller_;          // of the last frame that needed one
  SignedInPtr signed_in_;  // who that is, once it is known
  lws* const wsi_;

  FrameReader reader_;
  FrameAssembly assembly_;
  std::shared_ptr<Session> session_;
  std::shared_ptr<Progress> progress_;
  Subscription watch_;  // before it goes, no call to `progress_` is running
  std::deque<std::string> replies_;
  std::optional<std::string> pong_;  // to the latest ping
  int reports_under_way_ = 0;
  int frames_this_tick_ = 0;

  enum class Closing {
    kNo,
    kDue,    // the close frame waits for what is before it
    kBegun,  // it was written; the peer's is awaited
    kOver,   // both were written: the connection goes
  };
  Closing closing_ = Closing::kNo;
  Instant closing_since_;  // kBegun
  CloseCode code_ = CloseCode::kRestarting;
  std::string reason_;
  std::string farewell_;  // the last frame; waits for the answers to reports that are under way

  bool asked_ = false;  // for anything at all
  Instant opened_;
  Instant heard_;
  Instant pinged_;
  bool blocked_ = false;  // waits for room to write
  Instant blocked_since_;
  std::uint64_t acknowledged_ = 0;
};

}  // namespace wardcast
