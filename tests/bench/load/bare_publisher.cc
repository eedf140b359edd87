#include "tests/bench/load/bare_publisher.h"

#include "tests/bench/load/wire/http2_frame.h"

namespace wardcast::bench {

BarePublisher::BarePublisher(Loop& loop, const Place& server)
    : loop_(loop), server_(server), connection_(loop, *this, nullptr) {
  out() = "P";
}

Result<void> BarePublisher::Connect() {
  if (auto opened = connection_.Open(server_.address, 0); !opened) return opened;
  const auto done = [this] { return greeted_ || connection_.lost(); };
  if (auto served = loop_.Until(done, std::chrono::seconds(30), "connecting"); !served)
    return served;
  if (connection_.lost()) return Fail(Code::kUnavailable, connection_.problem());
  return {};
}

void BarePublisher::Publish(std::uint32_t bytes) {
  AppendUint32(out(), bytes);
  out().append(bytes, 'x');
  connection_.Flush();
}

bool BarePublisher::Receive(std::string_view) {
  greeted_ = true;
  return true;
}

}  // namespace wardcast::bench
