#include "base/named_thread.h"

#include <pthread.h>

#include <utility>

namespace wardcast {

std::jthread StartThread(std::string name, std::move_only_function<void(std::stop_token)> body) {
  return std::jthread(
      [name = std::move(name), body = std::move(body)](std::stop_token stop) mutable {
        pthread_setname_np(pthread_self(), name.substr(0, 15).c_str());
        body(std::move(stop));
      });
}

}  // namespace wardcast
