// The link over gRPC. The header stays free of gRPC; see link.h.
#pragma once

#include <memory>

#include "agent/link/link.h"

namespace wardcast::agent {

// `post` and `events` outlive the link.
std::unique_ptr<Link> MakeGrpcLink(LinkConfig config, Post post, LinkEvents& events);

}  // namespace wardcast::agent
