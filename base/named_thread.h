// A std::jthread that shows its name in `ps -L`, gdb and TSan reports.
#pragma once

#include <functional>
#include <stop_token>
#include <string>
#include <thread>

namespace wardcast {

// `name`: at most 15 characters (a limit of Linux). `body` must not throw.
std::jthread StartThread(std::string name, std::move_only_function<void(std::stop_token)> body);

}  // namespace wardcast
