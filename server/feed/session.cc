#include "server/feed/session.h"

#include <utility>

#include "server/feed/hub.h"

namespace wardcast {

Session::Session(Hub& hub, const v1::EndpointInfo& endpoint, TimePoint now,
                 std::function<void()> wake)
    : hub_(hub),
      endpoint_id_(endpoint.id()),
      watcher_(endpoint.watcher()),
      opened_(now),
      info_(watcher_ ? nullptr : std::make_shared<const v1::EndpointInfo>(CleanInfo(endpoint))),
      wake_(std::move(wake)),
      screen_state_(info_ ? info_->screen_state() : v1::ScreenState::UNSPECIFIED) {}

std::optional<Delivery> Session::Take() { return hub_.Take(*this); }

void Session::Close() {
  const std::shared_ptr<Session> self = shared_from_this();  // the hub lets go of its own
  hub_.Forget(*this);
  gate_.Shut();
}

}  // namespace wardcast
