// The loop of libwebsockets: one thread on which every connection lives.
#pragma once

#include <libwebsockets.h>

#include <atomic>
#include <chrono>
#include <memory>
#include <string>
#include <unordered_map>

#include "base/mutex.h"
#include "base/result.h"
#include "server/http/door.h"
#include "server/http/http_connection.h"
#include "server/http/http_server.h"
#include "server/http/live_socket.h"
#include "server/http/tls_host.h"

namespace wardcast {

// Threads: Open before Run; Run is the thread `http`; Drain, Stop and Counts from any; the rest on
// `http`.
class Service {
 public:
  Service(const HttpConfig& config, Dispatcher& dispatcher, Live& live, const HttpPages& pages);
  ~Service();
  Service(const Service&) = delete;
  Service& operator=(const Service&) = delete;

  // See HttpServer.
  Result<int> Open();
  void Run();
  void ReloadCertificate();
  void Drain(std::chrono::milliseconds retry_after);
  void Stop();
  HttpCounts Counts() const;

  // nullptr: gone.
  HttpConnection* FindConnection(ConnectionId id);
  LiveSocket* FindSocket(ConnectionId id);

 private:
  struct CloseContext {
    void operator()(lws_context* context) const { lws_context_destroy(context); }
  };
  // libwebsockets gives the address of `timer` back.
  struct Tick {
    lws_sorted_usec_list_t timer{};
    Service* service = nullptr;
  };

  static int OnEvent(lws* wsi, lws_callback_reasons reason, void* user, void* in,
                     size_t size) noexcept;
  static void OnTickEvent(lws_sorted_usec_list_t* timer) noexcept;

  Result<void> CreateContext();
  // False: close the connection.
  bool Handle(lws* wsi, lws_callback_reasons reason, void* user, std::string_view data);
  bool OnReadable(lws* wsi, std::string_view data);
  bool OnWriteable(ConnectionId id);
  bool OnTimer(lws* wsi);
  void OnGone(ConnectionId id);
  // A connection whose handshake was answered goes on as a WebSocket.
  bool GoOnAsSocket(ConnectionId id, lws* wsi);
  void AcceptAll();
  void Adopt(int fd, std::string peer);
  void ReadMail();
  void TickAll();
  void BeginDrain(std::chrono::milliseconds retry_after);
  void BeginStop();
  void CheckAllClosed();
  void SetAllClosed();

  Door door_;
  std::unique_ptr<lws_context, CloseContext> context_;
  TlsHost tls_;
  lws_vhost* host_ = nullptr;  // of context_: all connections, and the listening socket
  lws* listening_ = nullptr;
  int listening_fd_ = -1;
  int spare_fd_ = -1;  // given up for a moment when the process has no descriptor left
  Tick tick_;
  ConnectionId last_id_ = 0;
  std::unordered_map<ConnectionId, std::unique_ptr<HttpConnection>> connections_;
  std::unordered_map<ConnectionId, std::unique_ptr<LiveSocket>> sockets_;
  bool stopping_ = false;  // everything is being closed
  std::atomic<bool> stop_{false};

  Mutex mu_;
  CondVar closed_;
  bool all_closed_ GUARDED_BY(mu_) = false;
};

}  // namespace wardcast
