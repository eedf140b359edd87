#include "server/broker/restore_command.h"

#include "base/clock.h"
#include "base/log.h"
#include "server/store/copies/restore.h"

namespace wardcast {

Result<std::string> RunRestore(const Config& config, const std::filesystem::path& file) {
  const auto restored = RestoreStore({.data_dir = config.data_dir, .postgresql = config.postgresql},
                                     file, SystemClock().Now());
  if (!restored) return std::unexpected(restored.error());
  std::string text = fmt::format("restored log {} up to entry {} from {}\n", restored->log.log_id,
                                 restored->sequence, file.string());
  if (!restored->aside.empty())
    text += fmt::format("the store that was there is kept in {}\n", restored->aside.string());
  return text +
         "start the broker now: it takes a new generation, and endpoints reconcile with it. What "
         "was published or acknowledged after the backup is not in it.\n";
}

}  // namespace wardcast
