// A connection of its own that comes back within a moment, for those who are there to lose it.
#pragma once

#include <grpcpp/grpcpp.h>

#include <memory>
#include <string>

namespace wardcast::testing {

inline std::shared_ptr<grpc::Channel> OwnChannel(const std::string& broker) {
  grpc::ChannelArguments arguments;
  arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
  arguments.SetInt(GRPC_ARG_INITIAL_RECONNECT_BACKOFF_MS, 50);
  arguments.SetInt(GRPC_ARG_MIN_RECONNECT_BACKOFF_MS, 50);
  arguments.SetInt(GRPC_ARG_MAX_RECONNECT_BACKOFF_MS, 300);
  return grpc::CreateCustomChannel(broker, grpc::InsecureChannelCredentials(), arguments);
}

}  // namespace wardcast::testing
