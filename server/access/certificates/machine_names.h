// By which names and addresses this machine is reached.
#pragma once

#include <string>
#include <vector>

namespace wardcast {

// Host name, full name, "localhost", and the address of every interface that is up, loopback
// included; `more` (from the configuration) first. In lower case, each once. Link-local addresses
// are left out: nobody connects by them. Asks the resolver for the full name, so it may block for
// seconds where that does not answer.
std::vector<std::string> MachineNames(const std::vector<std::string>& more);

// 1 to 253 of a-z, A-Z, 0-9, '.', '-', '*', '_', ':': a host name or an address.
bool IsHostName(const std::string& text);

}  // namespace wardcast
