#include "agent/station/headless_presenter.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>

namespace wardcast::agent {
namespace {

using ::testing::HasSubstr;

class MockEvents : public PresenterEvents {
 public:
  MOCK_METHOD(void, Displayed, (const std::string&, int), (override));
  MOCK_METHOD(void, Seen, (const std::string&, int), (override));
  MOCK_METHOD(void, Answered, (const Answer&), (override));
  MOCK_METHOD(void, ScreenChanged, (ScreenState), (override));
};

class HeadlessTest : public ::testing::Test {
 protected:
  ~HeadlessTest() override {
    std::fclose(out_);
    std::free(buffer_);  // open_memstream allocates it for its caller
  }
  std::string Printed() {
    std::fflush(out_);
    return {buffer_, size_};
  }
  static std::shared_ptr<Screen> With(const std::string& headline) {
    auto screen = std::make_shared<Screen>();
    Notice& notice = screen->notices.emplace_back();
    notice.alert_id = "A";
    notice.version = 5;
    notice.round = 1;
    notice.ward_id = "4w";
    notice.headline = headline;
    return screen;
  }

  char* buffer_ = nullptr;
  std::size_t size_ = 0;
  std::FILE* out_ = open_memstream(&buffer_, &size_);
  ::testing::StrictMock<MockEvents> events_;
};

TEST_F(HeadlessTest, SaysOnceWhatItIsToldToSayOfTheScreen) {
  EXPECT_CALL(events_, ScreenChanged(ScreenState::kLocked));
  HeadlessConfig config;
  config.displays = true;
  config.screen_state = ScreenState::kLocked;
  HeadlessPresenter presenter(config, events_, out_);
  presenter.Show(With("Lab is down"));  // displayed to nobody
  presenter.Show(With("Lab is slow"));
}

TEST_F(HeadlessTest, OneLineForEachChangeAndNothingIsReported) {
  HeadlessPresenter presenter({}, events_, out_);
  presenter.Show(With("Lab is down"));
  presenter.Show(With("Lab is down"));
  presenter.Show(With("Lab is slow"));
  presenter.Show(std::make_shared<Screen>());
  const std::string text = Printed();
  EXPECT_EQ(std::ranges::count(text, '\n'), 3);
  EXPECT_THAT(text, HasSubstr("NEW CAUTION Lab is down [open toast alert=A round=1 version=5]\n"));
  EXPECT_THAT(text, HasSubstr("CHANGED CAUTION Lab is slow"));
  EXPECT_THAT(text, HasSubstr("GONE CAUTION Lab is slow"));
}

TEST_F(HeadlessTest, SaysWhereTheNoticeStands) {
  HeadlessPresenter presenter({}, events_, out_);
  const auto screen = With("Imaging upgrade");
  screen->notices.front().standing = "Planned 02:00, not confirmed";
  presenter.Show(screen);
  EXPECT_THAT(Printed(), HasSubstr("Imaging upgrade · Planned 02:00, not confirmed [open"));
}

TEST_F(HeadlessTest, ADrillSaysSoOnBothSidesAndItsStopStandsAlone) {
  HeadlessPresenter presenter({}, events_, out_);
  const auto drill = With("Lab is down");
  drill->notices.front().exercise = true;
  presenter.Show(drill);
  const auto stopped = std::make_shared<Screen>(*drill);
  stopped->notices.front().phase = Phase::kDrillOver;
  stopped->notices.front().closing = "EXERCISE STOPPED. The next notice is real.";
  presenter.Show(stopped);
  EXPECT_THAT(Printed(), HasSubstr("NEW EXERCISE CAUTION Lab is down EXERCISE [open"));
  EXPECT_THAT(Printed(), HasSubstr("EXERCISE STOPPED. The next notice is real. [drill over toast"));
}

TEST_F(HeadlessTest, ARealProblemIsPressedOfDrillsOnly) {
  HeadlessPresenter presenter({.auto_acknowledge = Response::kRealProblem}, events_, out_);
  presenter.Show(With("Lab is down"));
  const auto drill = With("Lab is down");
  drill->notices.front().alert_id = "drill";
  drill->notices.front().exercise = true;
  EXPECT_CALL(events_, Answered(::testing::Field(&PresenterEvents::Answer::response,
                                                 Response::kRealProblem)));
  presenter.Show(drill);
}

TEST_F(HeadlessTest, AnAlertCannotWriteControlCharactersIntoATerminal) {
  HeadlessPresenter presenter({}, events_, out_);
  presenter.Show(With("Lab\x1b[2J\r\n\u0085\u202eevil 病棟 Straße \xff"));
  EXPECT_THAT(Printed(), HasSubstr("Lab[2J evil 病棟 Straße ?"));
}

TEST_F(HeadlessTest, DisplaysAndPressesOnceForEachRoundWhenAsked) {
  HeadlessPresenter presenter(
      {.displays = true, .auto_seen = true, .auto_acknowledge = Response::kProcedureStarted},
      events_, out_);
  EXPECT_CALL(events_, Displayed("A", 1));
  EXPECT_CALL(events_, Seen("A", 1));
  EXPECT_CALL(events_, Answered(::testing::Field(&PresenterEvents::Answer::ward_id, "4w")));
  presenter.Show(With("Lab is down"));
  presenter.Show(With("Lab is slow"));
}

}  // namespace
}  // namespace wardcast::agent
