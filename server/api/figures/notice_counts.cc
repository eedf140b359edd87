#include "server/api/figures/notice_counts.h"

namespace wardcast {
namespace {

constexpr std::chrono::days kDoseWindow{7};

}  // namespace

Result<std::shared_ptr<const NoticesByWard>> NoticeCounts::Read() {
  const MutexLock lock(mu_);
  if (counted_ && std::chrono::steady_clock::now() - counted_at_ < fresh_) return counted_;
  auto notices = store_.CountNotices(clock_.Now() - kDoseWindow);
  if (!notices) return std::unexpected(notices.error());
  counted_ = std::make_shared<const NoticesByWard>(notices->begin(), notices->end());
  counted_at_ = std::chrono::steady_clock::now();
  return counted_;
}

}  // namespace wardcast
