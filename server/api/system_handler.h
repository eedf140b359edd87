// How the broker is, and which one it is.
#pragma once

#include <string>
#include <vector>

#include "base/clock.h"
#include "server/api/method_table.h"
#include "server/feed/hub.h"
#include "server/store/store.h"
#include "wardcast/v1/system_service.pb.h"

namespace wardcast {

// One part of the broker.
struct PartState {
  std::string part;
  bool ok = true;
  std::string detail;
};

// Implemented by the composition root, which knows all parts. Any thread, never blocks.
class HealthSource {
 public:
  virtual ~HealthSource() = default;
  virtual std::vector<PartState> Parts() const = 0;
  virtual bool draining() const = 0;
};

// Threads: any.
class SystemHandler {
 public:
  SystemHandler(const HealthSource& health, const Hub& hub, const Store& store, const Clock& clock,
                std::string version)
      : health_(health), hub_(hub), store_(store), clock_(clock), version_(std::move(version)) {}

  Result<v1::GetHealthResponse> GetHealth(const CallContext& context,
                                          const v1::GetHealthRequest& request);
  Result<v1::GetVersionResponse> GetVersion(const CallContext& context,
                                            const v1::GetVersionRequest& request);

 private:
  const HealthSource& health_;
  const Hub& hub_;
  const Store& store_;
  const Clock& clock_;
  const std::string version_;
};

}  // namespace wardcast
