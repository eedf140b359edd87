// What is said after a notice was changed, and what a script learns from it.
#pragma once

#include <google/protobuf/message.h>

#include "agent/cli/session.h"
#include "wardcast/v1/alert.pb.h"

namespace wardcast::cli {

// kHeld if it is a draft or waits for approval; else kOk.
int HeldCode(const v1::Alert& alert);

// Prints `response` as JSON, or "updated ID: revision 3, round 1, what changed"; kOk.
int PrintChanged(const Session& session, const google::protobuf::Message& response,
                 const char* done, const v1::Alert& alert);

}  // namespace wardcast::cli
