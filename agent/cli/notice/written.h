// A notice as somebody has written it: a template, JSON, flags. Its texts go to the broker with
// their blanks ({service}, {start}, {end}, {next}), which fills them in each version.
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

// The alert that the flags describe, over the template that they name, which is fetched.
OrExit<v1::Alert> WrittenAlert(Session& session, const NoticeFlags& flags, TimePoint now);

}  // namespace wardcast::cli
