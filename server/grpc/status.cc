#include "server/grpc/status.h"

#include <google/protobuf/any.pb.h>
#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>
#include <google/protobuf/wire_format_lite.h>

#include <string>

#include "wardcast/v1/errors.pb.h"

namespace wardcast {
namespace {

using google::protobuf::internal::WireFormatLite;

grpc::StatusCode ToGrpc(Code code) {
  switch (code) {
    case Code::kInvalidArgument:
      return grpc::StatusCode::INVALID_ARGUMENT;
    case Code::kUnauthenticated:
      return grpc::StatusCode::UNAUTHENTICATED;
    case Code::kPermissionDenied:
      return grpc::StatusCode::PERMISSION_DENIED;
    case Code::kNotFound:
      return grpc::StatusCode::NOT_FOUND;
    case Code::kAlreadyExists:
      return grpc::StatusCode::ALREADY_EXISTS;
    case Code::kFailedPrecondition:
      return grpc::StatusCode::FAILED_PRECONDITION;
    case Code::kAborted:
      return grpc::StatusCode::ABORTED;
    case Code::kResourceExhausted:
      return grpc::StatusCode::RESOURCE_EXHAUSTED;
    case Code::kUnavailable:
      return grpc::StatusCode::UNAVAILABLE;
    case Code::kUnimplemented:
      return grpc::StatusCode::UNIMPLEMENTED;
    case Code::kDataLoss:
      return grpc::StatusCode::DATA_LOSS;
    case Code::kInternal:
      return grpc::StatusCode::INTERNAL;
  }
  return grpc::StatusCode::INTERNAL;
}

// google.rpc.Status {int32 code = 1; string message = 2; repeated google.protobuf.Any details =
// 3;}. Written field by field, because its .proto is not part of protobuf.
std::string SerializeRpcStatus(grpc::StatusCode code, const Error& error) {
  std::string bytes;
  google::protobuf::io::StringOutputStream stream(&bytes);
  google::protobuf::io::CodedOutputStream out(&stream);
  WireFormatLite::WriteInt32(1, static_cast<int>(code), &out);
  WireFormatLite::WriteString(2, error.message, &out);
  const auto add = [&out](const google::protobuf::Message& detail) {
    google::protobuf::Any any;
    any.PackFrom(detail);
    WireFormatLite::WriteString(3, any.SerializeAsString(), &out);
  };
  for (const FieldViolation& violation : error.violations) {
    v1::FieldViolation detail;
    detail.set_field(violation.field);
    detail.set_description(violation.description);
    add(detail);
  }
  if (error.remedy == Remedy::kConfirm) {
    v1::Remedy detail;
    detail.set_value(v1::Remedy::CONFIRM);
    add(detail);
  }
  return bytes;
}

}  // namespace

grpc::Status ToStatus(const Error& error) {
  const grpc::StatusCode code = ToGrpc(error.code);
  if (error.violations.empty() && error.remedy == Remedy::kNone) return {code, error.message};
  return {code, error.message, SerializeRpcStatus(code, error)};
}

grpc::Status ToStatus(const Error& error, grpc::CallbackServerContext& context) {
  if (error.retry_after) {
    context.AddTrailingMetadata("grpc-retry-pushback-ms",
                                std::to_string(error.retry_after->count()));
  }
  return ToStatus(error);
}

}  // namespace wardcast
