// By what this machine is known again after it was set up anew.
#pragma once

#include <filesystem>
#include <string>

namespace wardcast::agent {

struct Machine {
  std::string host;
  std::string serial;  // empty: it says none
  bool operator==(const Machine&) const = default;
};

// The hardware's serial number: of the machine, its board, or its id, as the firmware says; else
// the address of its first network card. Placeholders of manufacturers count as none. Most of it
// only root may read. `sys`: where the kernel tells.
std::string HardwareSerial(const std::filesystem::path& sys = "/sys");

}  // namespace wardcast::agent
