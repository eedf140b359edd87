#include "server/grpc/call_metadata.h"

#include <string_view>

namespace wardcast {

Caller CallerOf(const grpc::CallbackServerContext& context) {
  constexpr std::string_view kScheme = "Bearer ";
  Caller caller{.bearer = {}, .peer = context.peer()};
  const auto& metadata = context.client_metadata();
  const auto found = metadata.find("authorization");
  if (found != metadata.end()) {
    const std::string_view value(found->second.data(), found->second.size());
    if (value.starts_with(kScheme)) caller.bearer = value.substr(kScheme.size());
  }
  return caller;
}

}  // namespace wardcast
