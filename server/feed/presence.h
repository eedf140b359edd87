// What changed about which endpoints are connected, for whoever writes it down.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>

#include "base/clock.h"
#include "wardcast/v1/endpoint_service.pb.h"

namespace wardcast {

// One endpoint id as it is now. A later change of the same id replaces an earlier one that was not
// taken yet, so there are never more than ids that connected or went since the last Take.
struct PresenceChange {
  std::string endpoint_id;
  int sessions = 0;          // open subscriptions of this id on this broker; 0: it went
  TimePoint connected_at{};  // since when there is one; sessions == 0: unset
  TimePoint changed_at{};    // of the newest coming or going; sessions == 0: the last one's end
  bool goodbye = false;      // sessions == 0: it said before that it goes (Hub::HearGoodbye)
  bool duplicate = false;    // two machines use this id (see HubConfig::duplicate_after)
  // As the newest session said: cut to 200 bytes a field, without control characters. nullptr:
  // sessions == 0.
  std::shared_ptr<const v1::EndpointInfo> info;
  // Whether its screen can be seen, as the newest session said last (Hub::HearScreen);
  // sessions == 0: UNSPECIFIED.
  v1::ScreenState::Value screen_state = v1::ScreenState::UNSPECIFIED;
  // The endpoint's clock minus the broker's when it connected; nullopt: it did not say.
  std::optional<std::chrono::milliseconds> clock_skew;
};

// `info` as it may be kept and written anywhere: every text cut to 200 bytes (whole characters),
// control characters as spaces, screens 0 … 64, a state of the screen that this broker does not
// know as not said.
v1::EndpointInfo CleanInfo(const v1::EndpointInfo& info);

}  // namespace wardcast
