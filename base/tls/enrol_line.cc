#include "base/tls/enrol_line.h"

#include <algorithm>
#include <utility>

#include "base/bytes.h"
#include "base/tls/certificate.h"

namespace wardcast {
namespace {

constexpr std::string_view kPrefix = "wardcast1.";
constexpr std::size_t kChecksum = 8;
constexpr std::size_t kMaxBrokers = 16;

std::string Checksum(std::string_view text) { return Sha256Hex(text).substr(0, kChecksum); }

// base64url without padding (RFC 4648 §5).
std::string ToLine(std::string_view bytes) {
  std::string text = ToBase64(bytes);
  text.erase(text.find_last_not_of('=') + 1);
  std::ranges::replace(text, '+', '-');
  std::ranges::replace(text, '/', '_');
  return text;
}

Result<std::string> FromLine(std::string_view line) {
  std::string text(line);
  std::ranges::replace(text, '-', '+');
  std::ranges::replace(text, '_', '/');
  text.append((4 - text.size() % 4) % 4, '=');
  return FromBase64(text);
}

std::unexpected<Error> Unfit(const std::string& what) {
  return Fail(Code::kInvalidArgument,
              "the enrolment line " + what +
                  "; copy all of what `wardcast admin enroll-token` prints, from wardcast1. to the "
                  "end");
}

bool IsToken(std::string_view token) {
  return token.size() >= 16 && token.size() <= 128 && std::ranges::all_of(token, [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
         });
}

// Printable, without blanks.
bool IsBroker(std::string_view broker) {
  return broker.size() >= 3 && broker.size() <= 260 && broker.contains(':') &&
         std::ranges::all_of(broker, [](char c) { return c > ' ' && c < 0x7f && c != ','; });
}

std::string_view Trim(std::string_view text) {
  constexpr std::string_view kBlanks = " \t\r\n\"'";
  const auto first = text.find_first_not_of(kBlanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kBlanks) - first + 1);
}

// key=value lines, then the certificate.
Result<EnrolLine> ReadContent(std::string_view content) {
  EnrolLine line;
  const auto end = content.find("-----BEGIN");
  if (end == std::string_view::npos) return Unfit("holds no certificate");
  line.authority = content.substr(end);
  content = content.substr(0, end);
  while (!content.empty()) {
    const auto stop = content.find('\n');
    const std::string_view one = content.substr(0, stop);
    content.remove_prefix(stop == std::string_view::npos ? content.size() : stop + 1);
    if (one.starts_with("broker=")) line.brokers.emplace_back(one.substr(7));
    if (one.starts_with("token=")) line.token = one.substr(6);
  }
  if (line.brokers.empty() || line.brokers.size() > kMaxBrokers ||
      !std::ranges::all_of(line.brokers, IsBroker)) {
    return Unfit("names no broker, or too many");
  }
  if (!IsToken(line.token)) return Unfit("holds no token");
  if (!Certificate::ChainFromPem(line.authority)) return Unfit("holds no certificate");
  return line;
}

}  // namespace

std::string WriteEnrolLine(const EnrolLine& line) {
  std::string content;
  for (const std::string& broker : line.brokers) content += "broker=" + broker + "\n";
  content += "token=" + line.token + "\n" + line.authority;
  return std::string(kPrefix) + ToLine(content) + "." + Checksum(content);
}

Result<EnrolLine> ReadEnrolLine(std::string_view text) {
  if (text.size() > kMaxEnrolLine) return Unfit("is longer than 32 KiB");
  text = Trim(text);
  if (!text.starts_with(kPrefix)) return Unfit("does not begin with wardcast1.");
  text.remove_prefix(kPrefix.size());
  const auto dot = text.rfind('.');
  if (dot == std::string_view::npos || text.size() - dot - 1 != kChecksum)
    return Unfit("is cut off");
  const auto content = FromLine(text.substr(0, dot));
  if (!content || Checksum(*content) != text.substr(dot + 1))
    return Unfit("is incomplete or changed");
  return ReadContent(*content);
}

}  // namespace wardcast
