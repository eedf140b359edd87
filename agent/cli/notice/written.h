// A notice as somebody has written it: a template, JSON, flags, and the blanks filled in.
#pragma once

#include <expected>

#include "agent/cli/notice/notice_flags.h"
#include "agent/cli/session.h"
#include "wardcast/v1/alert.pb.h"

namespace wardcast::cli {

// Or the exit code of a run that ends here; why was printed.
template <class T>
using OrExit = std::expected<T, int>;

// Prints it, and is kUsage.
std::unexpected<int> Misused(const std::string& message);

// The alert that the flags describe, over the template that they name, which is fetched. Blanks are
// as they were.
OrExit<v1::Alert> WrittenAlert(Session& session, const NoticeFlags& flags, TimePoint now);

// Fills the blanks of `alert` by what `facts` says of services and times (which may be the same
// alert). Asks the broker for names and the zone; asks nothing if there is no blank. kUsage:
// nothing fills one, {end} without an expected end.
OrExit<void> FillFrom(Session& session, const v1::Alert& facts, TimePoint now, v1::Alert& alert);

}  // namespace wardcast::cli
