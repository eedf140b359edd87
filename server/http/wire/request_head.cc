#include "server/http/wire/request_head.h"

#include <algorithm>
#include <charconv>
#include <utility>

namespace wardcast {
namespace {

char Lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

// RFC 9110 "tchar".
bool IsTokenChar(char c) {
  constexpr std::string_view kOthers = "!#$%&'*+-.^_`|~";
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
         kOthers.find(c) != std::string_view::npos;
}

bool IsToken(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), IsTokenChar);
}

std::string_view Trim(std::string_view text) {
  const auto first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

HeadResult Bad(int status, std::string problem) {
  HeadResult result;
  result.state = HeadResult::State::kBad;
  result.status = status;
  result.problem = std::move(problem);
  return result;
}

// "http://host/path" becomes "/path", as a client behind a proxy sends it.
std::string_view OriginForm(std::string_view target) {
  constexpr std::string_view kScheme = "http://";
  if (!target.starts_with(kScheme)) return target;
  target.remove_prefix(kScheme.size());
  const auto slash = target.find('/');
  return slash == std::string_view::npos ? "/" : target.substr(slash);
}

// Empty: fine.
std::string ReadRequestLine(std::string_view line, RequestHead& head) {
  const auto first = line.find(' ');
  const auto last = line.rfind(' ');
  if (first == std::string_view::npos || first == last)
    return "the request line is not METHOD TARGET HTTP/1.1";
  const std::string_view method = line.substr(0, first);
  const std::string_view target = OriginForm(line.substr(first + 1, last - first - 1));
  const std::string_view version = line.substr(last + 1);
  if (!IsToken(method)) return "the request line has no method";
  if (version != "HTTP/1.1" && version != "HTTP/1.0")
    return "only HTTP/1.1 and HTTP/1.0 are spoken here";
  if (target != "*" && !target.starts_with('/')) return "the target must start with /";
  for (const char c : target) {
    if (static_cast<unsigned char>(c) <= 0x20 || c == 0x7f)
      return "the target has a space or a control character";
  }
  head.method = method;
  head.target = target;
  head.minor_version = version.back() - '0';
  return {};
}

// Empty: fine.
std::string ReadHeader(std::string_view line, RequestHead& head) {
  if (line.front() == ' ' || line.front() == '\t') return "folded header lines are not accepted";
  const auto colon = line.find(':');
  if (colon == std::string_view::npos || !IsToken(line.substr(0, colon)))
    return "a header line is not NAME: VALUE";
  Header header{.name = std::string(line.substr(0, colon)),
                .value = std::string(Trim(line.substr(colon + 1)))};
  std::transform(header.name.begin(), header.name.end(), header.name.begin(), Lower);
  for (const char c : header.value) {
    if ((static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == 0x7f)
      return "a header has a control character";
  }
  head.headers.push_back(std::move(header));
  return {};
}

}  // namespace

bool SameIgnoringCase(std::string_view a, std::string_view b) {
  return a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin(),
                                            [](char x, char y) { return Lower(x) == Lower(y); });
}

std::string_view RequestHead::Get(std::string_view lower_name) const {
  for (const Header& header : headers) {
    if (header.name == lower_name) return header.value;
  }
  return {};
}

bool RequestHead::Has(std::string_view lower_name) const {
  return std::any_of(headers.begin(), headers.end(),
                     [&](const Header& h) { return h.name == lower_name; });
}

bool RequestHead::ListHas(std::string_view lower_name, std::string_view token) const {
  for (const Header& header : headers) {
    if (header.name != lower_name) continue;
    std::string_view rest = header.value;
    while (!rest.empty()) {
      const auto comma = rest.find(',');
      if (SameIgnoringCase(Trim(rest.substr(0, comma)), token)) return true;
      if (comma == std::string_view::npos) break;
      rest.remove_prefix(comma + 1);
    }
  }
  return false;
}

std::string_view RequestHead::path() const {
  const std::string_view whole = target;
  return whole.substr(0, whole.find('?'));
}

bool RequestHead::keep_alive() const {
  if (ListHas("connection", "close")) return false;
  return minor_version >= 1 || ListHas("connection", "keep-alive");
}

HeadResult ParseHead(std::string_view input) {
  std::size_t at = 0;
  // A client may send an empty line after the previous body (RFC 9112 §2.2).
  for (int i = 0; i < 2 && input.substr(at).starts_with("\r\n"); ++i) at += 2;
  HeadResult result;
  bool have_request_line = false;
  for (;;) {
    const auto end = input.substr(0, kMaxHeadBytes).find('\n', at);
    if (end == std::string_view::npos) {
      if (input.size() >= kMaxHeadBytes)
        return Bad(431, "the request's head is larger than 16 KiB");
      return result;
    }
    if (end == at || input[end - 1] != '\r') return Bad(400, "lines must end with CR LF");
    const std::string_view line = input.substr(at, end - 1 - at);
    at = end + 1;
    if (!have_request_line) {
      if (std::string problem = ReadRequestLine(line, result.head); !problem.empty())
        return Bad(400, std::move(problem));
      have_request_line = true;
      continue;
    }
    if (line.empty()) break;
    if (result.head.headers.size() == kMaxHeaders) return Bad(431, "more than 100 header lines");
    if (std::string problem = ReadHeader(line, result.head); !problem.empty())
      return Bad(400, std::move(problem));
  }
  const auto hosts = std::count_if(result.head.headers.begin(), result.head.headers.end(),
                                   [](const Header& h) { return h.name == "host"; });
  if (hosts > 1 || (hosts == 0 && result.head.minor_version >= 1))
    return Bad(400, "exactly one Host header is needed");
  result.state = HeadResult::State::kDone;
  result.used = at;
  return result;
}

BodyLength ReadBodyLength(const RequestHead& head) {
  BodyLength length;
  int lengths = 0;
  for (const Header& header : head.headers) {
    if (header.name == "transfer-encoding") {
      if (length.chunked || !SameIgnoringCase(header.value, "chunked")) {
        return {.bad_status = 501,
                .problem = "the only transfer coding understood here is chunked"};
      }
      length.chunked = true;
    }
    if (header.name == "content-length") {
      const char* end = header.value.data() + header.value.size();
      const auto [stop, error] = std::from_chars(header.value.data(), end, length.bytes);
      if (++lengths > 1 || header.value.empty() || error != std::errc() || stop != end) {
        return {.bad_status = 400, .problem = "Content-Length must be one number"};
      }
    }
  }
  if (length.chunked && lengths > 0) {
    return {.bad_status = 400,
            .problem = "Content-Length and Transfer-Encoding exclude each other"};
  }
  return length;
}

}  // namespace wardcast
