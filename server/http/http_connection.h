// One connection that speaks HTTP/1.1: requests one after the other, until it closes or becomes a
// WebSocket.
//
// libwebsockets carries its bytes (raw role) and nothing more: see docs/adr for why its own HTTP
// server is not used.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "server/http/connect/connect_call.h"
#include "server/http/connect/cookie_choice.h"
#include "server/http/door.h"
#include "server/http/wire/body_reader.h"
#include "server/http/wire/request_head.h"
#include "server/http/wire/response.h"

namespace wardcast {

// Threads: `http`.
class HttpConnection {
 public:
  HttpConnection(Door& door, ConnectionId id, std::string peer);
  ~HttpConnection();
  HttpConnection(const HttpConnection&) = delete;
  HttpConnection& operator=(const HttpConnection&) = delete;

  void Attach(lws* wsi) { wsi_ = wsi; }

  // From libwebsockets. Each returns false: close the connection now.
  bool OnReadable(std::string_view data);
  bool OnWriteable();
  bool OnTimer() { return !closing_; }

  // What goes on as a WebSocket, once after its handshake was answered: what the client has sent
  // after it. This object is of no use any more. nullopt: nothing yet.
  std::optional<std::string> TakeUpgrade();
  const std::string& peer() const { return peer_; }
  // The cookies of the browser that upgrades: only a page of ours, which says where it comes from,
  // may use them.
  BrowserCookies cookies() const;

  // The answer to the request that had this ticket; an older one is dropped.
  void OnAnswer(std::uint64_t ticket, Response response);
  // Every half second.
  void OnTick(Instant now);
  // The door closes: so does this, now, or when the request that is under way is answered.
  void OnStop();

 private:
  enum class State {
    kHead,       // between requests, or in the middle of a head
    kBody,       // receiving a call's body
    kWaiting,    // for the handler
    kSending,    // the response
    kUpgraded,   // a WebSocket from here on
    kLingering,  // all is sent, the client's last bytes are thrown away, so that it reads the
                 // response before a reset
  };

  // Goes on until more bytes, an answer or room to write are needed. False: close now.
  bool Advance();
  void ReadHead();
  void ReadBody();
  void Route(RequestHead head);
  void StartCall();
  std::size_t BodyLimit() const;
  void Dispatch(std::string body);
  void Upgrade();
  Response Page(const HttpPage& page, std::string_view content_type) const;
  void Respond(Response response);
  bool Send();
  void FinishResponse();
  void CloseSoon();
  void Enter(State state);
  bool Write(std::string_view bytes);

  Door& door_;
  const ConnectionId id_;
  const std::string peer_;
  lws* wsi_ = nullptr;

  State state_ = State::kHead;
  Instant since_;         // when `state_` was entered, or when it last got on
  bool closing_ = false;  // closed by the next OnTimer
  bool first_request_ = true;
  bool reading_ = true;
  std::string input_;  // received and not yet consumed
  RequestHead head_;
  ConnectCall call_;
  std::optional<BodyReader> body_;
  std::uint64_t expected_body_ = 0;
  std::uint64_t ticket_ = 0;  // of the call that is waited for
  Instant deadline_;          // of that call

  std::string response_head_;
  std::shared_ptr<const std::string> response_body_;
  std::size_t sent_ = 0;  // of both together
  bool keep_alive_ = true;
  std::uint64_t acknowledged_ = 0;  // by the peer, at the last tick
};

}  // namespace wardcast
