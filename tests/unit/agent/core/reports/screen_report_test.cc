#include "agent/core/reports/screen_report.h"

#include <gtest/gtest.h>

namespace wardcast::agent {
namespace {

using namespace std::chrono_literals;

TEST(ScreenReport, WhoKnowsNothingOfItsScreenSaysNothing) {
  ScreenReport report;
  report.Changed(ScreenState::kUnknown, 1s);
  EXPECT_FALSE(report.NextAt());
  EXPECT_FALSE(report.Take());
  EXPECT_EQ(report.Greet(), ScreenState::kUnknown);
  EXPECT_EQ(ToWire(ScreenState::kUnknown), v1::ScreenState::UNSPECIFIED);
}

TEST(ScreenReport, AChangeIsToldOnceItHasSettled) {
  ScreenReport report;
  report.Changed(ScreenState::kLocked, 10s);
  EXPECT_EQ(report.NextAt(), 11s);
  report.Changed(ScreenState::kNobody, 10500ms);
  EXPECT_EQ(report.NextAt(), 11s) << "a further change does not put it off";
  EXPECT_EQ(report.Take(), ScreenState::kNobody);
  EXPECT_FALSE(report.NextAt()) << "it is being told";
  EXPECT_FALSE(report.Take());
  report.Settle();
  EXPECT_FALSE(report.NextAt());
}

TEST(ScreenReport, WhatWasUndoneAtOnceIsNotTold) {
  ScreenReport report;
  report.Changed(ScreenState::kUnlocked, 1s);
  report.Greet();
  report.Changed(ScreenState::kLocked, 10s);
  report.Changed(ScreenState::kUnlocked, 10300ms);
  EXPECT_FALSE(report.NextAt());
  EXPECT_FALSE(report.Take());
}

TEST(ScreenReport, AChangeWhileAnotherIsBeingToldIsToldAfterIt) {
  ScreenReport report;
  report.Changed(ScreenState::kUnlocked, 1s);
  report.Greet();
  report.Changed(ScreenState::kLocked, 10s);
  EXPECT_EQ(report.Take(), ScreenState::kLocked);
  report.Changed(ScreenState::kUnlocked, 11s);
  EXPECT_FALSE(report.NextAt());
  report.Settle();
  ASSERT_TRUE(report.NextAt());
  EXPECT_LE(*report.NextAt(), 12s);
  EXPECT_EQ(report.Take(), ScreenState::kUnlocked);
}

TEST(ScreenReport, WhatWasNotTakenIsToldAgain) {
  ScreenReport report;
  report.Changed(ScreenState::kLocked, 10s);
  report.Take();
  report.Failed(30s);
  EXPECT_EQ(report.NextAt(), 30s);
  EXPECT_EQ(report.Take(), ScreenState::kLocked);
}

TEST(ScreenReport, AGreetingTellsIt) {
  ScreenReport report;
  report.Changed(ScreenState::kLocked, 10s);
  EXPECT_EQ(report.Greet(), ScreenState::kLocked);
  EXPECT_FALSE(report.NextAt());
}

TEST(ScreenReport, AnAnswerOfTheBrokerBeforeMeansNothingToTheNextOne) {
  ScreenReport report;
  report.Changed(ScreenState::kLocked, 10s);
  report.Take();  // over the connection that is lost now
  report.Changed(ScreenState::kUnlocked, 11s);
  EXPECT_EQ(report.Greet(), ScreenState::kUnlocked);
  report.Settle();
  EXPECT_FALSE(report.NextAt());
  report.Failed(60s);
  report.Changed(ScreenState::kLocked, 20s);
  EXPECT_EQ(report.NextAt(), 21s);
}

}  // namespace
}  // namespace wardcast::agent
