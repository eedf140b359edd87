// Something that poll() can wait for and another thread can set: Linux' eventfd.
#pragma once

namespace wardcast {

// Threads: Set() from any; the rest from the one that waits.
class WakeEvent {
 public:
  WakeEvent();  // throws std::system_error when there are no descriptors left
  ~WakeEvent();
  WakeEvent(const WakeEvent&) = delete;
  WakeEvent& operator=(const WakeEvent&) = delete;

  // From now on fd() is readable.
  void Set() noexcept;
  int fd() const { return fd_; }

 private:
  int fd_;
};

// hiredis writes without MSG_NOSIGNAL: without this a Redis that goes away ends the program. For
// the calling thread.
void BlockSigpipe();

}  // namespace wardcast
