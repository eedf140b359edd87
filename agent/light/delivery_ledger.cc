#include "agent/light/delivery_ledger.h"

#include <fmt/format.h>

#include <cerrno>
#include <cstring>

namespace wardcast::light {

Result<std::unique_ptr<DeliveryLedger>> DeliveryLedger::Open(const std::filesystem::path& file) {
  auto ledger = std::make_unique<DeliveryLedger>();
  std::FILE* opened = std::fopen(file.c_str(), "ae");
  if (opened == nullptr)
    return Fail(Code::kUnavailable, file.string() + ": " + std::strerror(errno));
  {
    const MutexLock lock(ledger->mu_);
    ledger->file_.reset(opened);
  }
  return ledger;
}

void DeliveryLedger::Write(const Line& line) {
  const MutexLock lock(mu_);
  if (!file_) return;
  const std::string text = fmt::format(
      R"({{"t":{},"ms":{},"endpoint":"{}","alert":"{}","version":{},"round":{},"state":"{}"}})"
      "\n",
      line.steady_ns, line.wall_ms, line.endpoint, line.alert, line.version, line.round,
      line.state);
  std::fwrite(text.data(), 1, text.size(), file_.get());
}

void DeliveryLedger::Flush() {
  const MutexLock lock(mu_);
  if (file_) std::fflush(file_.get());
}

}  // namespace wardcast::light
