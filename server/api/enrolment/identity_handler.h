// The hospital's identity, for another broker.
#pragma once

#include <filesystem>

#include "base/result.h"
#include "wardcast/v1/admin_service.pb.h"

namespace wardcast {

struct CallContext;

// Threads: any; takes most of a second and 256 MiB.
class IdentityHandler {
 public:
  // `data_dir` empty: the broker runs without TLS.
  explicit IdentityHandler(std::filesystem::path data_dir) : data_dir_(std::move(data_dir)) {}

  // AdminService.ExportIdentity.
  Result<v1::ExportIdentityResponse> ExportIdentity(const CallContext& context,
                                                    const v1::ExportIdentityRequest& request);

 private:
  const std::filesystem::path data_dir_;
};

}  // namespace wardcast
