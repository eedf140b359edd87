// What every connection of the HTTP door shares.
#pragma once

#include <atomic>
#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "server/api/dispatcher.h"
#include "server/api/live.h"
#include "server/http/http_config.h"
#include "server/http/live/delivery_text.h"
#include "server/http/mailbox.h"
#include "server/http/site/static_site.h"
#include "server/http/wire/origin.h"

struct lws;

namespace wardcast {

// Monotonic; limits of connections need no calendar.
using Instant = std::chrono::steady_clock::time_point;
inline Instant MonotonicNow() { return std::chrono::steady_clock::now(); }

// Threads: `http`; the counters from any.
struct Door {
  const HttpConfig& config;
  Scheme scheme;
  Dispatcher& dispatcher;
  Live& live;
  const HttpPages& pages;
  StaticSite site;
  std::shared_ptr<Mailbox> mailbox;

  bool draining = false;  // no new WebSockets, no connection is kept
  std::chrono::milliseconds retry_after{0};
  std::size_t buffered = 0;            // bytes of bodies that are being received
  std::vector<unsigned char> scratch;  // room in front for libwebsockets, then what is written
  DeliveryText deliveries;             // with such room

  std::atomic<std::size_t> connections{0};
  std::atomic<std::size_t> sockets{0};
  std::atomic<std::uint64_t> requests{0};
  std::atomic<std::uint64_t> refused{0};
  std::atomic<std::uint64_t> too_slow{0};
};

// Has libwebsockets call back for this connection with LWS_CALLBACK_TIMER at once; there it can be
// closed, which is not possible outside of its own callbacks.
void CallBackSoon(lws* wsi);

}  // namespace wardcast
