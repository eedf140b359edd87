// One subscriber: an agent on gRPC, a browser on a WebSocket, or a receiver of bare bytes.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "base/result.h"
#include "tests/bench/load/link/connection.h"
#include "tests/bench/load/tally.h"

namespace wardcast::bench {

// Where endpoints connect.
struct Place {
  std::string host;  // "127.0.0.1:7443"
  sockaddr_in address{};
  std::shared_ptr<Tls> tls = {};  // nullptr: plain text
  // Over TLS endpoints show it, and are watchers: none of them is enrolled.
  std::string token = {};
};

// How one report went: whether it was recorded; else whether to send it again, and why.
struct Reported {
  bool recorded = false;
  bool again = false;
  std::string problem;
};

class ReportEvents {
 public:
  virtual ~ReportEvents() = default;
  virtual void OnReported(int endpoint, const Reported& reported) = 0;
};

// Threads: the loop's.
class Endpoint {
 public:
  virtual ~Endpoint() = default;

  // It has been told that it holds everything (bare: it was greeted).
  bool synced() const { return synced_; }
  // Empty: it is well.
  virtual const std::string& problem() const = 0;
  virtual std::uint64_t received() const = 0;  // bytes, everything that the server sent
  virtual Result<void> Open() = 0;
  // Sends a Report with `report`, a serialised ReportRequest; `events` hears once what became of
  // it. Agents only: false for others, or if it cannot be sent now.
  virtual bool Report(const std::string& report, ReportEvents& events);

 protected:
  bool synced_ = false;
};

// Its id is "load-<number + 1>".
std::string EndpointId(int number);

// What they refer to must outlive them.
std::unique_ptr<Endpoint> MakeAgent(const Place& place, int number, Loop& loop, Tally& tally);
std::unique_ptr<Endpoint> MakeBrowser(const Place& place, int number, Loop& loop, Tally& tally);
std::unique_ptr<Endpoint> MakeBareReceiver(const Place& place, int number, Loop& loop,
                                           ByteTally& tally);

}  // namespace wardcast::bench
