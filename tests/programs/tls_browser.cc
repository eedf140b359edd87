#include "tests/programs/tls_browser.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <poll.h>
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <stdexcept>
#include <utility>

#include "tests/fixtures/masked_frame.h"

namespace wardcast::testing {

namespace {
using TlsClock = std::chrono::steady_clock;
}  // namespace

// One connection with TLS to a port of this machine, whose certificate was verified.
class TlsConnection {
 public:
  TlsConnection(int port, const std::string& authority)
      : context_(SSL_CTX_new(TLS_client_method()), SSL_CTX_free), ssl_(nullptr, SSL_free) {
    signal(SIGPIPE, SIG_IGN);
    const std::unique_ptr<BIO, decltype(&BIO_free)> pem(
        BIO_new_mem_buf(authority.data(), static_cast<int>(authority.size())), BIO_free);
    const std::unique_ptr<X509, decltype(&X509_free)> certificate(
        PEM_read_bio_X509(pem.get(), nullptr, nullptr, nullptr), X509_free);
    if (!certificate ||
        X509_STORE_add_cert(SSL_CTX_get_cert_store(context_.get()), certificate.get()) != 1)
      throw std::runtime_error("no authority to trust");
    SSL_CTX_set_verify(context_.get(), SSL_VERIFY_PEER, nullptr);
    fd_ = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    ssl_.reset(SSL_new(context_.get()));
    SSL_set_fd(ssl_.get(), fd_);
    SSL_set1_host(ssl_.get(), "localhost");
    SSL_set_tlsext_host_name(ssl_.get(), "localhost");
    open_ = connect(fd_, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) == 0 &&
            SSL_connect(ssl_.get()) == 1;
  }
  ~TlsConnection() {
    if (fd_ >= 0) close(fd_);
  }
  TlsConnection(const TlsConnection&) = delete;
  TlsConnection& operator=(const TlsConnection&) = delete;

  bool open() const { return open_; }

  bool Send(std::string_view bytes) {
    open_ = open_ && SSL_write(ssl_.get(), bytes.data(), static_cast<int>(bytes.size())) ==
                         static_cast<int>(bytes.size());
    return open_;
  }
  // Adds what comes to `input`. False: nothing came until then, or nothing will.
  bool Receive(std::string& input, TlsClock::time_point until) {
    while (open_) {
      if (SSL_pending(ssl_.get()) == 0) {
        const auto left =
            std::chrono::ceil<std::chrono::milliseconds>(until - TlsClock::now()).count();
        pollfd wait{.fd = fd_, .events = POLLIN, .revents = 0};
        if (left <= 0 || poll(&wait, 1, static_cast<int>(left)) != 1) return false;
      }
      std::array<char, 16'384> buffer;
      const int size = SSL_read(ssl_.get(), buffer.data(), static_cast<int>(buffer.size()));
      if (size > 0) {
        input.append(buffer.data(), static_cast<std::size_t>(size));
        return true;
      }
      const int error = SSL_get_error(ssl_.get(), size);
      if (error != SSL_ERROR_WANT_READ && error != SSL_ERROR_WANT_WRITE) open_ = false;
    }
    return false;
  }

 private:
  std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)> context_;
  std::unique_ptr<SSL, decltype(&SSL_free)> ssl_;
  int fd_ = -1;
  bool open_ = false;
};

namespace {

constexpr std::chrono::seconds kAnswerLimit{30};

std::string Lower(std::string text) {
  std::ranges::transform(text, text.begin(),
                         [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return text;
}

// The head of an answer, with its empty line.
WebAnswer ParseAnswer(std::string_view head) {
  WebAnswer answer;
  answer.status = std::stoi(std::string(head.substr(9, 3)));
  while (head.find("\r\n") != std::string_view::npos) {
    head.remove_prefix(head.find("\r\n") + 2);
    const std::string_view line = head.substr(0, head.find("\r\n"));
    const auto colon = line.find(": ");
    if (colon == std::string_view::npos) continue;
    answer.headers.emplace(Lower(std::string(line.substr(0, colon))), line.substr(colon + 2));
  }
  return answer;
}

// Reads an answer's head and, if it has a length, its body; the rest stays in `input`.
WebAnswer ReadAnswer(TlsConnection& connection, std::string& input) {
  const auto until = TlsClock::now() + kAnswerLimit;
  while (!input.contains("\r\n\r\n")) {
    if (!connection.Receive(input, until)) return {};
  }
  const std::size_t end = input.find("\r\n\r\n") + 4;
  WebAnswer answer = ParseAnswer(std::string_view(input).substr(0, end));
  input.erase(0, end);
  if (answer.status == 101) return answer;
  const std::string length = answer.Header("content-length");
  const std::size_t size = length.empty() ? 0 : std::stoul(length);
  while (input.size() < size) {
    if (!connection.Receive(input, until)) return {};
  }
  answer.body = input.substr(0, size);
  input.erase(0, size);
  return answer;
}

}  // namespace

std::string WebAnswer::Header(const std::string& name) const {
  const auto found = headers.find(name);
  return found == headers.end() ? std::string() : found->second;
}

WebSocket::WebSocket(std::unique_ptr<TlsConnection> connection)
    : connection_(std::move(connection)) {}

WebSocket::~WebSocket() = default;

void WebSocket::Send(const nlohmann::json& frame) {
  connection_->Send(MaskedFrame(0x81, frame.dump()));
}

WebSocket::Frame WebSocket::ReadFrame(TlsClock::time_point until) {
  const auto need = [&](std::size_t size) {
    while (input_.size() < size) {
      if (!connection_->Receive(input_, until)) return false;
    }
    return true;
  };
  if (!need(2)) return {};
  std::size_t head = 2;
  std::uint64_t size = static_cast<unsigned char>(input_[1]) & 0x7f;
  if (size >= 126) {
    const std::size_t bytes = size == 126 ? 2 : 8;
    head += bytes;
    if (!need(head)) return {};
    size = 0;
    for (std::size_t i = 0; i < bytes; ++i)
      size = size << 8 | static_cast<unsigned char>(input_[2 + i]);
  }
  if (!need(head + size)) return {};
  Frame frame{.opcode = input_[0] & 0x0f, .payload = input_.substr(head, size)};
  input_.erase(0, head + size);
  if (frame.opcode == 8 && frame.payload.size() >= 2) {
    close_code_ = static_cast<unsigned char>(frame.payload[0]) * 256 +
                  static_cast<unsigned char>(frame.payload[1]);
  }
  if (frame.opcode == 9) connection_->Send(MaskedFrame(0x8a, frame.payload));
  return frame;
}

nlohmann::json WebSocket::Read(const std::string& key, std::chrono::milliseconds limit) {
  const auto until = TlsClock::now() + limit;
  for (;;) {
    const Frame frame = ReadFrame(until);
    if (frame.opcode == 0 || frame.opcode == 8)
      return nlohmann::json(nlohmann::json::value_t::discarded);
    if (frame.opcode != 1) continue;
    nlohmann::json said = nlohmann::json::parse(frame.payload, nullptr, false);
    if (said.is_object() && said.contains(key)) return said;
  }
}

int WebSocket::ReadClose(std::chrono::milliseconds limit) {
  const auto until = TlsClock::now() + limit;
  for (Frame frame = ReadFrame(until); frame.opcode != 0 && close_code_ == 0;)
    frame = ReadFrame(until);
  return close_code_;
}

std::unique_ptr<TlsConnection> TlsBrowser::Connect() const {
  auto connection = std::make_unique<TlsConnection>(port_, authority_);
  if (!connection->open()) throw std::runtime_error("the broker's HTTPS port does not answer");
  return connection;
}

std::string TlsBrowser::Head(const std::string& line, const Headers& headers) const {
  std::string head = line + " HTTP/1.1\r\nHost: localhost:" + std::to_string(port_) + "\r\n";
  const auto is_origin = [](const std::string& one) { return one.starts_with("Origin:"); };
  if (std::ranges::none_of(headers, is_origin)) head += "Origin: " + origin() + "\r\n";
  for (const std::string& one : headers) head += one + "\r\n";
  std::string cookies;
  for (const auto& [name, value] : jar)
    cookies += (cookies.empty() ? "" : "; ") + name + "=" + value;
  if (!cookies.empty()) head += "Cookie: " + cookies + "\r\n";
  return head;
}

void TlsBrowser::Keep(const WebAnswer& answer) {
  const auto [first, last] = answer.headers.equal_range("set-cookie");
  for (auto one = first; one != last; ++one) {
    const std::string pair = one->second.substr(0, one->second.find(';'));
    const auto equals = pair.find('=');
    jar[pair.substr(0, equals)] = pair.substr(equals + 1);
    if (one->second.contains("Max-Age=0")) jar.erase(pair.substr(0, equals));
  }
}

WebAnswer TlsBrowser::Call(const std::string& method, const nlohmann::json& request,
                           const Headers& headers) {
  const std::string body = request.dump();
  const auto connection = Connect();
  connection->Send(Head("POST /wardcast.v1." + method, headers) +
                   "Content-Type: application/json\r\nConnection: close\r\nContent-Length: " +
                   std::to_string(body.size()) + "\r\n\r\n" + body);
  std::string input;
  WebAnswer answer = ReadAnswer(*connection, input);
  Keep(answer);
  return answer;
}

WebAnswer TlsBrowser::CallAs(const std::string& csrf, const std::string& method,
                             const nlohmann::json& request) {
  return Call(method, request, {"X-Wardcast-Csrf: " + csrf});
}

std::unique_ptr<WebSocket> TlsBrowser::Open(int* status, const std::string& origin) {
  auto connection = Connect();
  Headers headers;
  if (!origin.empty()) headers.push_back("Origin: " + origin);
  connection->Send(Head("GET /ws", headers) +
                   "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                   "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                   "Sec-WebSocket-Protocol: wardcast.v1.json\r\n\r\n");
  std::string input;
  const WebAnswer answer = ReadAnswer(*connection, input);
  if (status != nullptr) *status = answer.status;
  return answer.status == 101 ? std::make_unique<WebSocket>(std::move(connection)) : nullptr;
}

std::string TlsBrowser::CsrfOf(const std::string& as) {
  Headers headers;
  if (as == "endpoint") headers.emplace_back("X-Wardcast-As: endpoint");
  const WebAnswer who = Call("AccessService/WhoAmI", nlohmann::json::object(), headers);
  return who.status == 200 ? who.Json().value("csrfToken", "") : "";
}

WebAnswer TlsBrowser::Enrol(const std::string& token, const std::string& endpoint_id) {
  return Call("EndpointService/EnrollBrowser", {{"token", token}, {"endpointId", endpoint_id}});
}

}  // namespace wardcast::testing
