// What an endpoint says of its own screen: whether somebody can see it.
#pragma once

#include <span>
#include <string>

#include "base/clock.h"
#include "server/store/presence.h"
#include "wardcast/v1/endpoint_service.pb.h"

namespace wardcast {

// As the endpoint of these rows says over the newest of its connections that live; `own`: the id of
// this broker, which is alive. UNSPECIFIED: it does not say, or is not connected. Pure.
v1::ScreenState::Value SaidScreen(std::span<const PresenceRow> rows, const std::string& own,
                                  TimePoint now);

// Whether that connection lives: a broker that is silent for long is dead, and so are its
// connections. Pure.
bool IsLive(const PresenceRow& row, const std::string& own, TimePoint now);

// Nobody can see what is shown there.
inline bool IsUnseen(v1::ScreenState::Value said) {
  return said == v1::ScreenState::LOCKED || said == v1::ScreenState::NOBODY;
}

}  // namespace wardcast
