#include "tests/contract/http/raw_client.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <utility>

#include "tests/fixtures/masked_frame.h"

namespace wardcast::testing {
namespace {

int PatienceMs() { return static_cast<int>(std::chrono::milliseconds(kPatience).count()); }

}  // namespace

int Frame::close_code() const {
  if (opcode != 8 || payload.size() < 2) return 0;
  return static_cast<unsigned char>(payload[0]) * 256 + static_cast<unsigned char>(payload[1]);
}

RawClient::RawClient(int port) : fd_(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)), port_(port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (connect(fd_, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) != 0) Close();
}

RawClient::RawClient(RawClient&& other) noexcept
    : fd_(std::exchange(other.fd_, -1)), port_(other.port_), input_(std::move(other.input_)) {}

bool RawClient::Send(std::string_view bytes) {
  if (fd_ < 0) return false;
  while (!bytes.empty()) {
    pollfd wait{.fd = fd_, .events = POLLOUT, .revents = 0};
    if (poll(&wait, 1, PatienceMs()) != 1) return false;
    const ssize_t sent = send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    if (sent <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

bool RawClient::Fill() {
  pollfd wait{.fd = fd_, .events = POLLIN, .revents = 0};
  if (fd_ < 0 || poll(&wait, 1, PatienceMs()) != 1) return false;
  std::array<char, 65536> buffer;
  const ssize_t size = recv(fd_, buffer.data(), buffer.size(), 0);
  if (size <= 0) return false;
  input_.append(buffer.data(), static_cast<std::size_t>(size));
  return true;
}

HttpAnswer RawClient::Read(bool has_body) {
  HttpAnswer answer;
  std::size_t end = 0;
  while ((end = input_.find("\r\n\r\n")) == std::string::npos) {
    if (!Fill()) return {};
  }
  std::string_view head(input_.data(), end);
  answer.status = std::stoi(std::string(head.substr(9, 3)));
  while (head.find("\r\n") != std::string_view::npos) {
    head.remove_prefix(head.find("\r\n") + 2);
    const std::string_view line = head.substr(0, head.find("\r\n"));
    const auto colon = line.find(':');
    std::string name(line.substr(0, colon));
    std::transform(name.begin(), name.end(), name.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    answer.headers[name] = line.substr(colon + 2);
  }
  input_.erase(0, end + 4);
  if (answer.status == 100) return Read(has_body);
  const auto length = answer.headers.find("content-length");
  if (!has_body || length == answer.headers.end()) return answer;
  const std::size_t size = std::stoul(length->second);
  while (input_.size() < size) {
    if (!Fill()) return {};
  }
  answer.body = input_.substr(0, size);
  input_.erase(0, size);
  return answer;
}

bool RawClient::ReadsEnd() {
  const auto until = std::chrono::steady_clock::now() + kPatience;
  while (std::chrono::steady_clock::now() < until) {
    pollfd wait{.fd = fd_, .events = POLLIN, .revents = 0};
    if (poll(&wait, 1, PatienceMs()) != 1) return false;
    std::array<char, 65536> buffer;
    if (recv(fd_, buffer.data(), buffer.size(), 0) <= 0) return true;
  }
  return false;
}

void RawClient::Drop(std::size_t bytes) {
  std::array<char, 65536> buffer;
  while (bytes > 0) {
    pollfd wait{.fd = fd_, .events = POLLIN, .revents = 0};
    if (poll(&wait, 1, PatienceMs()) != 1) return;
    const ssize_t size = recv(fd_, buffer.data(), std::min(bytes, buffer.size()), 0);
    if (size <= 0) return;
    bytes -= static_cast<std::size_t>(size);
  }
}

void RawClient::Close() {
  if (fd_ >= 0) close(std::exchange(fd_, -1));
}

void RawClient::Abort() {
  const linger reset{.l_onoff = 1, .l_linger = 0};
  setsockopt(fd_, SOL_SOCKET, SO_LINGER, &reset, sizeof(reset));
  Close();
}

void RawClient::ShrinkReceiveBuffer() {
  const int size = 4096;
  setsockopt(fd_, SOL_SOCKET, SO_RCVBUF, &size, sizeof(size));
}

HttpAnswer RawClient::Request(const std::string& method, const std::string& target,
                              const std::string& headers, const std::string& body) {
  std::string text = method + " " + target +
                     " HTTP/1.1\r\nHost: localhost:" + std::to_string(port_) + "\r\n" + headers;
  if (!body.empty() || method == "POST")
    text += "Content-Length: " + std::to_string(body.size()) + "\r\n";
  if (!Send(text + "\r\n" + body)) return {};
  return Read(method != "HEAD");
}

HttpAnswer RawClient::Call(const std::string& method, const std::string& json,
                           const std::string& headers) {
  return Request("POST", "/wardcast.v1." + method, "Content-Type: application/json\r\n" + headers,
                 json);
}

HttpAnswer RawClient::Upgrade(const std::string& headers) {
  Send("GET /ws HTTP/1.1\r\nHost: localhost:" + std::to_string(port_) +
       "\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
       "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n" +
       headers + "\r\n");
  return Read();
}

bool RawClient::SendFrame(std::string_view payload, int opcode, bool last) {
  return Send(MaskedFrame((last ? 0x80 : 0) | opcode, payload));
}

Frame RawClient::ReadFrame() {
  const auto need = [&](std::size_t size) {
    while (input_.size() < size) {
      if (!Fill()) return false;
    }
    return true;
  };
  if (!need(2)) return {};
  std::size_t head = 2;
  std::uint64_t size = static_cast<unsigned char>(input_[1]) & 0x7f;
  if (size >= 126) {
    const int bytes = size == 126 ? 2 : 8;
    head += static_cast<std::size_t>(bytes);
    if (!need(head)) return {};
    size = 0;
    for (int i = 0; i < bytes; ++i)
      size = size << 8 | static_cast<unsigned char>(input_[static_cast<std::size_t>(2 + i)]);
  }
  if (!need(head + size)) return {};
  Frame frame{.opcode = input_[0] & 0x0f, .payload = input_.substr(head, size)};
  input_.erase(0, head + size);
  return frame;
}

std::string RawClient::ReadText(std::string_view part) {
  for (;;) {
    const Frame frame = ReadFrame();
    if (frame.opcode == 9) SendFrame(frame.payload, 10);
    if (frame.opcode == 0 || frame.opcode == 8) return {};
    if (frame.opcode == 1 && frame.payload.find(part) != std::string::npos) return frame.payload;
  }
}

int RawClient::ReadClose() {
  for (;;) {
    const Frame frame = ReadFrame();
    if (frame.opcode == 0) return 0;
    if (frame.opcode == 8) return frame.close_code();
  }
}

}  // namespace wardcast::testing
