#include "server/broker/health.h"

namespace wardcast {

std::vector<PartState> Health::Parts() const {
  const FeedHealth feed = feed_.Health();
  const BusHealth bus = bus_.Health();
  return {{.part = "store", .ok = feed.ok, .detail = feed.detail},
          {.part = "bus", .ok = bus.ok, .detail = bus.detail}};
}

}  // namespace wardcast
