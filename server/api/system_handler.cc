#include "server/api/system_handler.h"

#include "base/proto_time.h"
#include "server/store/open_store.h"

namespace wardcast {

Result<v1::GetHealthResponse> SystemHandler::GetHealth(const CallContext&,
                                                       const v1::GetHealthRequest&) {
  v1::GetHealthResponse response;
  bool ok = true;
  for (const PartState& state : health_.Parts()) {
    ok = ok && state.ok;
    v1::PartHealth& part = *response.add_parts();
    part.set_part(state.part);
    part.set_ok(state.ok);
    part.set_detail(state.detail);
  }
  response.set_ok(ok);
  response.set_endpoints(static_cast<int>(hub_.session_count()));
  response.set_draining(health_.draining());
  *response.mutable_server_time() = ToTimestamp(clock_.Now());
  return response;
}

Result<v1::GetVersionResponse> SystemHandler::GetVersion(const CallContext&,
                                                         const v1::GetVersionRequest&) {
  v1::GetVersionResponse response;
  response.set_version(version_);
  response.set_log_id(store_.identity().log_id);
  response.set_generation(store_.identity().generation);
  response.set_schema(SchemaVersion());
  return response;
}

}  // namespace wardcast
