// Has the bare server send so many bytes to all of its subscribers.
#pragma once

#include "tests/bench/load/endpoint.h"
#include "tests/bench/load/link/connection.h"

namespace wardcast::bench {

// Threads: the loop's.
class BarePublisher final : public Wire {
 public:
  BarePublisher(Loop& loop, const Place& server);

  Result<void> Connect();
  void Publish(std::uint32_t bytes);
  const std::string& problem() const { return connection_.problem(); }

 private:
  bool Receive(std::string_view bytes) override;

  Loop& loop_;
  const Place& server_;
  bool greeted_ = false;
  Connection connection_;
};

}  // namespace wardcast::bench
