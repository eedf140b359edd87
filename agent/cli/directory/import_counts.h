// What an import or a change of single entries did.
#pragma once

#include <google/protobuf/message.h>

#include "agent/cli/session.h"
#include "wardcast/v1/directory_service.pb.h"

namespace wardcast::cli {

// Prints `response` as JSON, or `counts`, which are its own, as a table; kOk.
int PrintCounts(const Session& session, const google::protobuf::Message& response,
                const google::protobuf::RepeatedPtrField<v1::ImportCount>& counts, bool dry_run);

}  // namespace wardcast::cli
