// A subscription ends when you say so: after this object is gone there is no further call.
#pragma once

#include <functional>
#include <utility>

namespace wardcast {

class [[nodiscard]] Subscription {
 public:
  Subscription() = default;
  // `cancel` runs once; it returns when no call is running any more.
  explicit Subscription(std::move_only_function<void()> cancel) : cancel_(std::move(cancel)) {}
  Subscription(Subscription&& other) noexcept : cancel_(std::exchange(other.cancel_, nullptr)) {}
  Subscription& operator=(Subscription&& other) noexcept {
    Cancel();
    cancel_ = std::exchange(other.cancel_, nullptr);
    return *this;
  }
  ~Subscription() { Cancel(); }
  void Cancel() {
    if (auto cancel = std::exchange(cancel_, nullptr)) cancel();
  }

 private:
  std::move_only_function<void()> cancel_;
};

}  // namespace wardcast
