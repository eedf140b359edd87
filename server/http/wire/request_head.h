// The head of an HTTP/1.1 request: request line and header fields, read strictly (RFC 9112).
// Strict, because what two programs read differently is how requests are smuggled past one of them.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace wardcast {

struct Header {
  std::string name;  // lower case in requests; as it is to be sent in responses
  std::string value;
};

struct RequestHead {
  std::string method;
  std::string target;  // as sent, always starting with '/'; scheme and host of an absolute target
                       // are dropped
  int minor_version = 1;
  std::vector<Header> headers = {};

  // Value of the first such header; empty: none.
  std::string_view Get(std::string_view lower_name) const;
  bool Has(std::string_view lower_name) const;
  // True if a header of that name has `token` in its comma-separated list, in any case.
  bool ListHas(std::string_view lower_name, std::string_view token) const;
  // `target` up to the query.
  std::string_view path() const;
  bool keep_alive() const;
};

// How much of a head is accepted.
inline constexpr std::size_t kMaxHeadBytes = 16 * 1024;
inline constexpr std::size_t kMaxHeaders = 100;

struct HeadResult {
  enum class State {
    kMore,  // the head has not ended yet: call again with more
    kDone,  // `head` is set, `used` bytes of the input belong to it
    kBad,   // answer `status` with `problem` and close
  };
  State state = State::kMore;
  RequestHead head;
  std::size_t used = 0;
  int status = 0;
  std::string problem = {};
};

// Never looks at more than kMaxHeadBytes; a head that has not ended by then is 431.
HeadResult ParseHead(std::string_view input);

// How the body is delimited. kBad (status 400 or 501): Content-Length twice, not a number, or
// together with Transfer-Encoding; a transfer coding other than chunked.
struct BodyLength {
  bool chunked = false;
  std::uint64_t bytes = 0;  // unless chunked
  int bad_status = 0;       // 0: fine
  std::string problem = {};
};
BodyLength ReadBodyLength(const RequestHead& head);

// ASCII only.
bool SameIgnoringCase(std::string_view a, std::string_view b);

}  // namespace wardcast
