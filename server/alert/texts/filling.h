// What the blanks of one alert stand for at a moment. Pure.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "server/alert/checks/blanks.h"
#include "server/alert/words/language.h"
#include "server/directory/directory.h"
#include "wardcast/v1/alert.pb.h"

namespace wardcast {

// By blank; nullopt: nothing fills it.
using Filling = std::array<std::optional<std::string>, kBlankWords.size()>;

// The names of its services ("A, B and C"), its start, its expected end and its next update, as the
// alert says them: in its language and zone, times with the weekday if that is not today. So ask
// with names and times filled in (FillDefaults). May resolve the audience, for the zones that it
// spans.
Filling FillingOf(const v1::Alert& alert, const Directory& directory, TimePoint now);

// What nothing fills any more: "a time not known yet" for the times, nothing for {service}.
void FillOpenTimes(Language language, Filling& filling);

// How much the texts of one alert may grow by filling, in bytes. No notice that keeps its limits
// comes near it; it bounds what blanks without end could cost.
inline constexpr std::size_t kMostGrowth = 64 << 10;

// `text` with every blank filled that `filling` fills; what a name brings is not filled again.
// `room`: so much it may still grow, and has grown less afterwards. Without room it stays as it is.
std::string FillText(std::string_view text, const Filling& filling, std::size_t& room);

}  // namespace wardcast
