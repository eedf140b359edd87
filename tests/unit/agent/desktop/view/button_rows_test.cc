#include "agent/desktop/look/button_rows.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <numeric>

namespace wardcast::agent {
namespace {

using ::testing::ElementsAre;
using ::testing::SizeIs;

constexpr int kGap = 8;

TEST(ButtonRows, WhatFitsIsOneRowOfWholeLabels) {
  const auto rows = ButtonRows({{100, 80}, {200, 90}, {60, 60}}, 400, kGap);
  ASSERT_THAT(rows, SizeIs(1));
  EXPECT_THAT(rows[0].widths, ElementsAre(100, 200, 60));
}

TEST(ButtonRows, TheWidestLabelsTakeASecondLineFirst) {
  const auto rows = ButtonRows({{100, 80}, {300, 120}, {64, 64}}, 400, kGap);
  ASSERT_THAT(rows, SizeIs(1));
  EXPECT_THAT(rows[0].widths, ElementsAre(100, 220, 64));
}

TEST(ButtonRows, LongWordsAndLargeTextTakeASecondRowAndAreNeverCut) {
  for (const double larger : {1.0, 1.5, 2.0}) {
    std::vector<ButtonWidths> buttons;
    // "Gesehen", "Für Innere Medizin bestätigen…", "Hilfe beim Ausfall nötig", "Später", "ⓘ".
    for (const auto& [natural, least] :
         {std::pair{100, 100}, {290, 130}, {230, 90}, {90, 90}, {64, 64}})
      buttons.push_back({static_cast<int>(natural * larger), static_cast<int>(least * larger)});
    const int room = 426;  // a toast
    const auto rows = ButtonRows(buttons, room, kGap);
    std::size_t index = 0;
    for (const ButtonRow& row : rows) {
      EXPECT_EQ(row.first, index);
      const int gaps = kGap * (static_cast<int>(row.widths.size()) - 1);
      EXPECT_LE(std::accumulate(row.widths.begin(), row.widths.end(), gaps), room);
      for (const int width : row.widths) EXPECT_GE(width, buttons[index++].least);
    }
    EXPECT_EQ(index, buttons.size());
  }
}

TEST(ButtonRows, AWordThatIsLongerThanTheWindowGetsAllOfIt) {
  const auto rows = ButtonRows({{900, 900}, {50, 50}}, 400, kGap);
  ASSERT_THAT(rows, SizeIs(2));
  EXPECT_THAT(rows[0].widths, ElementsAre(400));
}

}  // namespace
}  // namespace wardcast::agent
