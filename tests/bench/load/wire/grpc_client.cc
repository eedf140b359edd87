#include "tests/bench/load/wire/grpc_client.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "tests/bench/load/wire/header_block.h"

namespace wardcast::bench {
namespace {

// What the server may send before it hears of us; renewed when half of it is used.
constexpr std::uint32_t kWindow = 1 << 20;
constexpr std::uint32_t kDefaultWindow = 65'535;
constexpr std::size_t kPrefixSize = 5;
constexpr std::size_t kLargestMessage = 16 << 20;
constexpr int kUnavailable = 14;
constexpr int kInternal = 13;

std::string Preface() {
  std::string out = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
  std::string settings;
  const auto set = [&](int id, std::uint32_t value) {
    settings += '\0';
    settings += static_cast<char>(id);
    AppendUint32(settings, value);
  };
  set(1, 0);  // HEADER_TABLE_SIZE: none
  set(2, 0);  // ENABLE_PUSH
  set(4, kWindow);
  AppendFrame(out, FrameType::kSettings, 0, 0, settings);
  std::string more;
  AppendUint32(more, kWindow - kDefaultWindow);
  AppendFrame(out, FrameType::kWindowUpdate, 0, 0, more);
  return out;
}

}  // namespace

GrpcClient::GrpcClient(std::string authority, std::string token, CallEvents& events)
    : authority_(std::move(authority)), token_(std::move(token)), events_(events) {
  out_ = Preface();
}

CallId GrpcClient::Call(std::string_view method, std::string_view request) {
  const std::size_t size = kPrefixSize + request.size();
  if (send_window_ < static_cast<std::int64_t>(size) || size > kDefaultWindow) return 0;
  send_window_ -= static_cast<std::int64_t>(size);
  const CallId id = next_;
  next_ += 2;
  std::string block;
  AppendHeader(block, ":method", "POST");
  AppendHeader(block, ":scheme", "http");
  AppendHeader(block, ":path", "/" + std::string(method));
  AppendHeader(block, ":authority", authority_);
  AppendHeader(block, "te", "trailers");
  AppendHeader(block, "content-type", "application/grpc");
  if (!token_.empty()) AppendHeader(block, "authorization", "Bearer " + token_);
  AppendFrame(out_, FrameType::kHeaders, kEndHeaders, id, block);
  std::string data(1, '\0');  // not compressed
  AppendUint32(data, static_cast<std::uint32_t>(request.size()));
  data += request;
  std::string_view rest = data;
  while (!rest.empty()) {
    const std::string_view part = rest.substr(0, kLargestPayload);
    rest.remove_prefix(part.size());
    AppendFrame(out_, FrameType::kData, rest.empty() ? kEndStream : 0, id, part);
  }
  Stream& stream = streams_.emplace_back();
  stream.id = id;
  return id;
}

GrpcClient::Stream* GrpcClient::Find(CallId id) {
  const auto found = std::ranges::find(streams_, id, &Stream::id);
  return found == streams_.end() ? nullptr : &*found;
}

bool GrpcClient::Receive(std::string_view bytes) {
  const bool joined = !pending_.empty();
  if (joined) {
    pending_ += bytes;
    bytes = pending_;
  }
  Frame frame;
  for (;;) {
    switch (CutFrame(bytes, frame)) {
      case Cut::kFrame:
        if (!OnFrame(frame)) return false;
        break;
      case Cut::kTooLarge:
        return Broken("a frame that is larger than HTTP/2 allows");
      case Cut::kMore:
        // `bytes` may be a part of pending_.
        pending_ = std::string(bytes);
        if (pending_.empty()) pending_.shrink_to_fit();
        return true;
    }
  }
}

bool GrpcClient::OnFrame(const Frame& frame) {
  switch (frame.type) {
    case FrameType::kData:
      return OnData(frame);
    case FrameType::kHeaders:
    case FrameType::kContinuation:
      return OnHeaders(frame);
    case FrameType::kReset:
      if (Find(frame.stream) != nullptr) End(frame.stream, kUnavailable, "the call was reset");
      return true;
    case FrameType::kSettings:
      if ((frame.flags & kAck) == 0) AppendFrame(out_, FrameType::kSettings, kAck, 0, {});
      return true;
    case FrameType::kPing:
      if (frame.payload.size() != 8) return Broken("a PING that has not 8 bytes");
      if ((frame.flags & kAck) == 0) AppendFrame(out_, FrameType::kPing, kAck, 0, frame.payload);
      return true;
    case FrameType::kGoAway:
      return Broken("the server said GOAWAY" +
                    (frame.payload.size() > 8 ? ": " + std::string(frame.payload.substr(8)) : ""));
    case FrameType::kWindowUpdate:
      if (frame.payload.size() != 4) return Broken("a WINDOW_UPDATE that has not 4 bytes");
      if (frame.stream == 0) send_window_ += ReadUint32(frame.payload) & 0x7fffffff;
      return true;
    case FrameType::kPushPromise:
      return Broken("a PUSH_PROMISE that we do not allow");
    case FrameType::kPriority:
      return true;
  }
  return true;  // unknown types are ignored (RFC 9113, 4.1)
}

void GrpcClient::Consume(Stream& stream, std::uint32_t bytes) {
  const auto give = [&](std::uint32_t& consumed, CallId id) {
    consumed += bytes;
    if (consumed < kWindow / 2) return;
    std::string more;
    AppendUint32(more, consumed);
    AppendFrame(out_, FrameType::kWindowUpdate, 0, id, more);
    consumed = 0;
  };
  give(consumed_, 0);
  give(stream.consumed, stream.id);
}

bool GrpcClient::OnData(const Frame& frame) {
  const auto content = ContentOf(frame);
  if (!content) return Broken("a DATA frame with wrong padding");
  Stream* stream = Find(frame.stream);
  if (stream == nullptr) return true;  // of a call that has ended
  Consume(*stream, static_cast<std::uint32_t>(frame.payload.size()));
  if (!TakeMessages(frame.stream, *content)) return false;
  if ((frame.flags & kEndStream) != 0 && Find(frame.stream) != nullptr)
    End(frame.stream, kInternal, "the call ended without a status");
  return true;
}

bool GrpcClient::TakeMessages(CallId id, std::string_view content) {
  Stream* stream = Find(id);
  std::string joined;
  if (!stream->message.empty()) {
    joined = std::exchange(stream->message, {});
    joined += content;
    content = joined;
  }
  while (content.size() >= kPrefixSize) {
    if (content[0] != 0) return Broken("a compressed message, which we did not allow");
    const std::size_t size = ReadUint32(content.substr(1));
    if (size > kLargestMessage) return Broken("a message of more than 16 MiB");
    if (content.size() - kPrefixSize < size) break;
    events_.OnMessage(id, content.substr(kPrefixSize, size));
    content.remove_prefix(kPrefixSize + size);
  }
  stream = Find(id);  // OnMessage may have begun a call
  if (!content.empty() && stream != nullptr) stream->message = content;
  return true;
}

bool GrpcClient::OnHeaders(const Frame& frame) {
  const auto content =
      frame.type == FrameType::kHeaders ? ContentOf(frame) : std::optional(frame.payload);
  if (!content) return Broken("a HEADERS frame with wrong padding");
  Stream* stream = Find(frame.stream);
  if (stream == nullptr) return true;
  if (frame.type == FrameType::kHeaders) {
    stream->ends = (frame.flags & kEndStream) != 0;
    stream->headers.clear();
  }
  if (stream->headers.size() + content->size() > kLargestMessage)
    return Broken("a header block of more than 16 MiB");
  stream->headers += *content;
  return (frame.flags & kEndHeaders) == 0 || OnHeaderBlock(frame.stream);
}

bool GrpcClient::OnHeaderBlock(CallId id) {
  Stream& stream = *Find(id);
  const auto headers = ReadHeaders(stream.headers);
  stream.headers = {};
  if (!headers) return Broken("a header block that cannot be read");
  for (const Header& header : *headers) {
    if (header.name == ":status" && header.value != "200")
      stream.problem = "HTTP status " + header.value;
    if (header.name == "grpc-message") stream.problem = header.value;
    if (header.name != "grpc-status") continue;
    stream.status = kInternal;
    std::from_chars(header.value.data(), header.value.data() + header.value.size(), stream.status);
  }
  if (!stream.ends) return true;
  const std::string problem = stream.problem;
  End(id, stream.status < 0 ? kInternal : stream.status, problem);
  return true;
}

void GrpcClient::End(CallId id, int status, const std::string& problem) {
  std::erase_if(streams_, [id](const Stream& stream) { return stream.id == id; });
  events_.OnEnd(id, status, problem);
}

}  // namespace wardcast::bench
