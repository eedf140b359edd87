#include "tests/bench/load/link/loop.h"

#include <sys/epoll.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>

namespace wardcast::bench {
namespace {

constexpr int kEventsAtOnce = 512;

epoll_event Interest(Ready& ready, bool writing) {
  epoll_event event{};
  event.events = EPOLLIN | (writing ? EPOLLOUT : 0u);
  event.data.ptr = &ready;
  return event;
}

void Control(int epoll, int operation, int fd, epoll_event event) {
  if (epoll_ctl(epoll, operation, fd, &event) != 0)
    throw std::system_error(errno, std::generic_category(), "epoll_ctl");
}

}  // namespace

Loop::Loop() : epoll_(epoll_create1(EPOLL_CLOEXEC)) {
  if (epoll_ < 0) throw std::system_error(errno, std::generic_category(), "epoll_create1");
}

Loop::~Loop() { close(epoll_); }

void Loop::Add(int fd, Ready& ready, bool writing) {
  Control(epoll_, EPOLL_CTL_ADD, fd, Interest(ready, writing));
}

void Loop::Change(int fd, Ready& ready, bool writing) {
  Control(epoll_, EPOLL_CTL_MOD, fd, Interest(ready, writing));
}

Result<void> Loop::Until(const std::function<bool()>& done, std::chrono::milliseconds limit,
                         const std::string& what, std::chrono::milliseconds step) {
  epoll_event events[kEventsAtOnce];
  const Instant deadline = Now() + limit;
  while (!done()) {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - Now());
    if (left.count() <= 0) {
      return Fail(Code::kUnavailable,
                  what + ": not done within " + std::to_string(limit.count() / 1000) + " s");
    }
    const int count =
        epoll_wait(epoll_, events, kEventsAtOnce, static_cast<int>(std::min(left, step).count()));
    for (int i = 0; i < count; ++i) {
      const std::uint32_t what_is = events[i].events;
      static_cast<Ready*>(events[i].data.ptr)
          ->OnReady((what_is & (EPOLLIN | EPOLLHUP | EPOLLERR)) != 0, (what_is & EPOLLOUT) != 0);
    }
  }
  return {};
}

}  // namespace wardcast::bench
