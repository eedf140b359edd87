// What this process has cost: the witness of how fast the machine is now.
#pragma once

#include <sys/resource.h>

namespace wardcast::bench {

// Microseconds of processor time, of this process and the kernel on its behalf.
inline double CpuTime() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const auto micros = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) * 1e6 + static_cast<double>(time.tv_usec);
  };
  return micros(usage.ru_utime) + micros(usage.ru_stime);
}

}  // namespace wardcast::bench
