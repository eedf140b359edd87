// What a machine that is not known yet may send, and what an administrator pastes into its
// settings.
#include <cstdint>
#include <string_view>

#include "base/tls/enrol_line.h"
#include "base/tls/signing_request.h"
#include "tests/fuzz/require.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using wardcast::Require;
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  if (const auto line = wardcast::ReadEnrolLine(input)) {
    Require(!line->brokers.empty() && !line->token.empty(), "a line that is accepted is whole");
    const auto again = wardcast::ReadEnrolLine(wardcast::WriteEnrolLine(*line));
    Require(again && again->brokers == line->brokers && again->token == line->token &&
                again->authority == line->authority,
            "what was read is written the same");
  }
  (void)wardcast::ReadSigningRequest(input);
  return 0;
}
