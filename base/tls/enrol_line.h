// The enrolment line: all that a machine needs in order to become an endpoint, in one line that can
// be pasted into a package's settings. It holds the certificate authority itself, so that nothing
// is trusted on first use; and it is a secret for as long as its token is valid.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace wardcast {

inline constexpr std::size_t kMaxEnrolLine = 32 * 1024;

struct EnrolLine {
  std::vector<std::string> brokers;  // HOST:PORT, 1 to 16
  std::string token;                 // 16 to 128 of a-z A-Z 0-9
  std::string authority;             // the CA's certificate, PEM; trusted, and nothing else
};

// "wardcast1.…": letters, digits, '.', '-' and '_' only, so that no shell and no installer touches
// it; with a checksum, because lines are copied by hand.
std::string WriteEnrolLine(const EnrolLine& line);

// Blanks and line ends around it are ignored. kInvalidArgument: what is wrong with it (cut off,
// changed, of another version), and what to do. Untrusted text: never throws.
Result<EnrolLine> ReadEnrolLine(std::string_view text);

}  // namespace wardcast
