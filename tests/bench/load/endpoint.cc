#include "tests/bench/load/endpoint.h"

namespace wardcast::bench {

bool Endpoint::Report(const std::string&, ReportEvents&) { return false; }

std::string EndpointId(int number) { return "load-" + std::to_string(number + 1); }

}  // namespace wardcast::bench
