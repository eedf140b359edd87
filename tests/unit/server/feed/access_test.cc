// Access changes: told to whoever decides, and to the sessions that it concerns.
#include "tests/unit/server/feed/feed_scene.h"

namespace wardcast {
namespace {

using namespace testing;  // NOLINT(google-build-using-namespace): the fixtures

class Access : public FeedScene {};

TEST_F(Access, AnEntryIsToldUntilNobodyListens) {
  int first = 0;
  int second = 0;
  Subscription one = hub_.OnAccess([&] { ++first; });
  const Subscription other = hub_.OnAccess([&] { ++second; });
  hub_.AccessChanged();
  one.Cancel();
  hub_.AccessChanged();
  EXPECT_EQ(first, 1);
  EXPECT_EQ(second, 2);
}

TEST_F(Access, ANudgeReachesEverySessionOfTheEndpointAndNoOther) {
  int woken = 0;
  int others = 0;
  const auto open = [&](const std::string& id, int& count) {
    v1::SubscribeRequest request;
    request.mutable_endpoint()->set_id(id);
    auto session = *hub_.Open(request, [&count] { ++count; });
    while (session->Take()) {
    }
    count = 0;
    return session;
  };
  const auto first = open("4w-pc-01", woken);
  const auto second = open("4w-pc-01", woken);
  const auto other = open("icu-pc-01", others);
  hub_.Nudge("4w-pc-01");
  EXPECT_EQ(woken, 2);
  EXPECT_EQ(others, 0);
  EXPECT_TRUE(first->Take());
  hub_.Nudge("nobody");
  for (const auto& session : {first, second, other}) session->Close();
}

}  // namespace
}  // namespace wardcast
