#include <gmock/gmock.h>
#include <google/protobuf/util/json_util.h>
#include <gtest/gtest.h>

#include "server/http/live/client_frame.h"
#include "server/http/live/server_frame.h"

namespace wardcast {
namespace {

TEST(ClientFrame, IgnoresWhatItDoesNotKnow) {
  const auto frame = ParseClientFrame(
      R"({"requestId":"a","subscribe":{"endpoint":{"id":"4w-pc-01","wings":2},"maxSeenSequence":"17"},"later":[1]})");
  ASSERT_TRUE(frame);
  EXPECT_EQ(frame->subscribe().endpoint().id(), "4w-pc-01");
  EXPECT_EQ(frame->subscribe().max_seen_sequence(), 17);
}

TEST(ClientFrame, RefusesWhatAsksForNothing) {
  for (const std::string& text :
       {std::string("{}"), std::string(""), std::string("null"),
        std::string("{\"requestId\":\"a\"}"), std::string("{\"subscribe\":"), std::string("\xff"),
        std::string("[]"), std::string(10'000, '['),
        "{\"requestId\":\"" + std::string(65, 'a') + "\",\"subscribe\":{}}",
        std::string(kMaxClientFrame + 1, ' ')}) {
    EXPECT_FALSE(ParseClientFrame(text)) << text.substr(0, 40);
  }
}

TEST(FrameAssembly, PutsFragmentsTogether) {
  FrameAssembly assembly;
  EXPECT_EQ(assembly.Append("{\"a", true, false), FrameAssembly::State::kMore);
  EXPECT_EQ(assembly.Append("", false, false), FrameAssembly::State::kMore);
  EXPECT_EQ(assembly.Append("\":1}", false, true), FrameAssembly::State::kComplete);
  EXPECT_EQ(assembly.Take(), "{\"a\":1}");
  EXPECT_EQ(assembly.Append("x", true, true), FrameAssembly::State::kComplete);
  EXPECT_EQ(assembly.Take(), "x");
}

TEST(FrameAssembly, HoldsNoMoreThanTheLimit) {
  FrameAssembly assembly;
  EXPECT_EQ(assembly.Append(std::string(kMaxClientFrame, 'a'), true, false),
            FrameAssembly::State::kMore);
  EXPECT_EQ(assembly.Append("b", false, true), FrameAssembly::State::kTooLarge);
  EXPECT_EQ(assembly.Append("fresh", true, true), FrameAssembly::State::kComplete);
  EXPECT_EQ(assembly.Take(), "fresh");
}

v1::ServerFrame Read(const std::string& text) {
  v1::ServerFrame frame;
  const auto status = google::protobuf::util::JsonStringToMessage(text, &frame);
  EXPECT_TRUE(status.ok()) << text << ": " << status.ToString();
  return frame;
}

// What is written by hand is what the contract's message reads.
TEST(ServerFrame, IsTheContractsMessage) {
  v1::ReportResponse report;
  report.add_recorded_ids("r1");
  const v1::ServerFrame reported = Read(ReportFrame("q\"1", report));
  EXPECT_EQ(reported.request_id(), "q\"1");
  EXPECT_EQ(reported.report().recorded_ids(0), "r1");

  v1::WatchProgressResponse progress;
  progress.mutable_progress()->set_alert_id("a1");
  EXPECT_EQ(Read(ProgressFrame("", progress)).progress().progress().alert_id(), "a1");

  const v1::ServerFrame error = Read(ErrorFrame("q2", {Code::kNotFound, "no such alert"}));
  EXPECT_EQ(error.error().code(), "not_found");
  EXPECT_EQ(error.error().message(), "no such alert");

  const v1::ServerFrame retry = Read(RetryAfterFrame(std::chrono::milliseconds(1'050)));
  EXPECT_EQ(retry.retry_after().seconds(), 1);
  EXPECT_EQ(retry.retry_after().nanos(), 50'000'000);
}

}  // namespace
}  // namespace wardcast
