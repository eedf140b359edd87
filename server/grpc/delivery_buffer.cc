#include "server/grpc/delivery_buffer.h"

#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace wardcast {
namespace {

// A slice that keeps the shared frame alive instead of copying it.
grpc::Slice Share(std::shared_ptr<const std::string> bytes) {
  auto* owner = new std::shared_ptr<const std::string>(std::move(bytes));
  const std::string& text = **owner;
  return grpc::Slice(
      const_cast<char*>(text.data()), text.size(),
      [](void* user) { delete static_cast<std::shared_ptr<const std::string>*>(user); }, owner);
}

// Many get few alerts, few get many: nothing is copied.
grpc::ByteBuffer InPieces(GrpcMessage message) {
  std::vector<grpc::Slice> slices;
  slices.reserve(message.shared.size() + 1);
  for (auto& shared : message.shared) slices.push_back(Share(std::move(shared)));
  slices.emplace_back(message.own);
  return grpc::ByteBuffer(slices.data(), slices.size());
}

// One slice costs a call less than many.
grpc::ByteBuffer InOnePiece(const GrpcMessage& message) {
  auto bytes = std::make_shared<std::string>();
  for (const auto& shared : message.shared) *bytes += *shared;
  *bytes += message.own;
  const grpc::Slice slice = Share(std::move(bytes));
  return grpc::ByteBuffer(&slice, 1);
}

}  // namespace

grpc::ByteBuffer DeliveryBuffer::Of(const Delivery& delivery) {
  const MutexLock lock(mu_);
  if (uses_ == 0 || !SaysTheSame(last_, delivery)) {
    last_ = delivery;
    uses_ = 0;
    message_ = InPieces(EncodeGrpc(delivery));
  } else if (uses_ == 1) {
    message_ = InOnePiece(EncodeGrpc(last_));
  }
  ++uses_;
  return message_;
}

}  // namespace wardcast
