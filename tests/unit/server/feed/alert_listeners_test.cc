// Who asks what to do next is told that alerts have changed.
#include "tests/unit/server/feed/feed_scene.h"

namespace wardcast {
namespace {

using namespace testing;  // NOLINT(google-build-using-namespace): the fixtures

class AlertListeners : public FeedScene {};

TEST_F(AlertListeners, AreToldOfEachVersionUntilTheyLeave) {
  int told = 0;
  std::vector<std::string> open;
  Subscription listener = hub_.OnAlerts([&] {
    ++told;
    open.clear();
    for (const AlertFramePtr& frame : hub_.OpenAlerts()) open.push_back(frame->alert.id());
  });
  const v1::Alert alert = Publish("A", {"4w"});
  EXPECT_EQ(told, 1);
  EXPECT_THAT(open, ::testing::ElementsAre("A")) << "it is there when they are told";
  End(alert);
  EXPECT_EQ(told, 2);
  EXPECT_THAT(open, ::testing::IsEmpty());
  listener.Cancel();
  Publish("B", {"4w"});
  EXPECT_EQ(told, 2);
}

TEST_F(AlertListeners, AreNotToldOfAnswersProgressAndThePassingOfTime) {
  Publish("A", {"4w"});
  int told = 0;
  const Subscription listener = hub_.OnAlerts([&] { ++told; });
  Answer("A", "4w");
  hub_.ProgressChanged({"A"});
  hub_.AccessChanged();
  Wait(std::chrono::seconds(30));
  hub_.Advance(++sequence_);
  EXPECT_EQ(told, 0);
}

TEST_F(AlertListeners, AreToldOnceOfWhatIsAppliedTogether) {
  int told = 0;
  const Subscription listener = hub_.OnAlerts([&] { ++told; });
  for (const char* id : {"A", "B", "C"}) {
    const v1::Alert alert = MakeAlert(id, ++sequence_, {"4w"});
    hub_.SetAlert(Stored(alert));
  }
  hub_.Advance(sequence_);
  EXPECT_EQ(told, 1);
}

}  // namespace
}  // namespace wardcast
