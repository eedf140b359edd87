// What libwebsockets has to say goes where our own log goes.
#pragma once

namespace wardcast {

// For the whole process, because libwebsockets has one log. Its errors and warnings are mostly
// about what clients do, so they are `debug` here; what matters is logged by ourselves.
void RouteLwsLog();

}  // namespace wardcast
