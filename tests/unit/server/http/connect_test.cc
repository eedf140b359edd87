#include <gmock/gmock.h>
#include <google/protobuf/util/json_util.h>
#include <gtest/gtest.h>

#include "base/bytes.h"
#include "server/http/connect/connect_call.h"
#include "server/http/connect/connect_error.h"
#include "wardcast/v1/alert_service.pb.h"
#include "wardcast/v1/errors.pb.h"

namespace wardcast {
namespace {

using ::testing::HasSubstr;

RequestHead Call(std::vector<Header> headers = {}) {
  RequestHead head{.method = "POST",
                   .target = "/wardcast.v1.AlertService/PublishAlert",
                   .headers = std::move(headers)};
  head.headers.push_back({"host", "localhost:7480"});
  head.headers.push_back({"content-type", "application/json"});
  return head;
}

int StatusOf(const RequestHead& head) {
  const auto call = ReadConnectCall(head, Scheme::kHttp);
  return call ? 200 : call.error().status;
}

TEST(ConnectCall, ReadsTheHead) {
  const auto call = ReadConnectCall(Call({{"connect-protocol-version", "1"},
                                          {"connect-timeout-ms", "1500"},
                                          {"authorization", "bearer t0ken"},
                                          {"origin", "http://localhost:7480"}}),
                                    Scheme::kHttp);
  ASSERT_TRUE(call);
  EXPECT_EQ(call->method, "wardcast.v1.AlertService/PublishAlert");
  EXPECT_EQ(call->format, Format::kJson);
  EXPECT_EQ(call->timeout, std::chrono::milliseconds(1500));
  EXPECT_EQ(call->caller.bearer, "t0ken");
  EXPECT_EQ(ReadConnectCall(Call({{"content-type", "application/proto"}}), Scheme::kHttp)->format,
            Format::kProto);
  EXPECT_EQ(
      ReadConnectCall(Call({{"content-type", "Application/JSON; charset=utf-8"}}), Scheme::kHttp)
          ->format,
      Format::kJson);
}

TEST(ConnectCall, RefusesWhatItDoesNotTake) {
  RequestHead get = Call();
  get.method = "GET";
  EXPECT_EQ(StatusOf(get), 405);
  EXPECT_EQ(StatusOf(Call({{"content-type", "text/plain"}})), 415);
  EXPECT_EQ(StatusOf(Call({{"content-type", "application/connect+json"}})), 415);
  EXPECT_EQ(StatusOf(Call({{"content-encoding", "gzip"}})), 415);
  EXPECT_EQ(StatusOf(Call({{"origin", "http://evil.example"}})), 403);
  EXPECT_EQ(StatusOf(Call({{"origin", "null"}})), 403);
  EXPECT_EQ(StatusOf(Call({{"connect-protocol-version", "2"}})), 400);
  EXPECT_EQ(StatusOf(Call({{"connect-timeout-ms", "-1"}})), 400);
  EXPECT_EQ(StatusOf(Call({{"connect-timeout-ms", "12345678901"}})), 400);
}

TEST(ConnectCall, SaysWhereJsonIsWrong) {
  v1::PublishAlertRequest request;
  const auto error = [&](const std::string& body) {
    const auto decoded = DecodeMessage(Format::kJson, body, request);
    return decoded ? std::string("fine") : decoded.error().message;
  };
  EXPECT_EQ(error(R"({"alert":{"kind":"OUTAGE","headline":"x"}})"), "fine");
  EXPECT_EQ(request.alert().headline(), "x");
  EXPECT_THAT(error(R"({"alert":{"headline":1x}})"), HasSubstr("PublishAlertRequest in JSON"));
  EXPECT_THAT(error(R"({"alert":{"headlin":"x"}})"), HasSubstr("headlin"));
  EXPECT_THAT(error(""), HasSubstr("{}"));
  EXPECT_THAT(error("[]"), HasSubstr("PublishAlertRequest"));
  EXPECT_NE(error(std::string(100'000, '[')), "fine");
  EXPECT_FALSE(DecodeMessage(Format::kProto, "\xff\xff", request));
  EXPECT_TRUE(DecodeMessage(Format::kProto, "", request));
}

TEST(ConnectError, IsWrittenAsTheProtocolSays) {
  const auto error = Invalid({{"alert.headline", "must not be \"empty\""}}).error();
  const Response response = ConnectErrorResponse(error);
  EXPECT_EQ(response.status, 400);
  v1::FieldViolation detail;
  detail.set_field("alert.headline");
  detail.set_description("must not be \"empty\"");
  std::string value = ToBase64(detail.SerializeAsString());
  while (value.ends_with('=')) value.pop_back();
  EXPECT_EQ(
      *response.body,
      R"({"code":"invalid_argument","message":"alert.headline: must not be \"empty\"","details":[)"
      R"({"type":"wardcast.v1.FieldViolation","value":")" +
          value +
          R"(","debug":{"field":"alert.headline","description":"must not be \"empty\""}}]})");
}

TEST(ConnectError, SaysWhatAProgramCanDo) {
  Error error{Code::kFailedPrecondition, "who are you?"};
  error.remedy = Remedy::kConfirm;
  v1::Remedy detail;
  detail.set_value(v1::Remedy::CONFIRM);
  std::string value = ToBase64(detail.SerializeAsString());
  while (value.ends_with('=')) value.pop_back();
  EXPECT_EQ(*ConnectErrorResponse(error).body,
            R"({"code":"failed_precondition","message":"who are you?","details":[)"
            R"({"type":"wardcast.v1.Remedy","value":")" +
                value + R"(","debug":{"value":"CONFIRM"}}]})");
}

TEST(ConnectError, HasConnectsStatus) {
  EXPECT_EQ(ConnectStatus(Code::kFailedPrecondition), 400);
  EXPECT_EQ(ConnectStatus(Code::kUnauthenticated), 401);
  EXPECT_EQ(ConnectStatus(Code::kPermissionDenied), 403);
  EXPECT_EQ(ConnectStatus(Code::kNotFound), 404);
  EXPECT_EQ(ConnectStatus(Code::kAborted), 409);
  EXPECT_EQ(ConnectStatus(Code::kResourceExhausted), 429);
  EXPECT_EQ(ConnectStatus(Code::kUnavailable), 503);
  EXPECT_EQ(ConnectCode(Code::kDataLoss), "data_loss");
}

}  // namespace
}  // namespace wardcast
