#include "server/alert/expected.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace wardcast {
namespace {

using std::chrono::hours;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr TimePoint kBegin{hours(500'000)};

class ExpectedTest : public ::testing::Test {
 protected:
  ExpectedTest() {
    DirectoryContent content;
    content.sites.emplace_back().set_id("main");
    content.buildings.emplace_back().set_id("tower");
    content.buildings.back().set_site_id("main");
    for (const char* id : {"4w", "icu"}) {
      content.wards.emplace_back().set_id(id);
      content.wards.back().set_building_id("tower");
    }
    directory_ = std::make_unique<Directory>(std::move(content), 1);
  }

  void Was(const std::string& id, const std::string& ward, TimePoint since, TimePoint until = {},
           v1::EndpointClass::Value value = v1::EndpointClass::STANDARD) {
    auto endpoint = std::make_unique<v1::Endpoint>();
    endpoint->set_id(id);
    endpoint->set_ward_id(ward);
    endpoint->set_class_(value);
    history_.push_back({.endpoint = endpoint.get(), .since = since, .until = until});
    endpoints_.push_back(std::move(endpoint));
  }
  void For(std::vector<std::string> wards, TimePoint from, TimePoint until = {}) {
    AudienceSpan& span = spans_.emplace_back();
    span.from = from;
    span.until = until;
    for (std::string& ward : wards) span.audience.add_wards(std::move(ward));
    if (wards.empty()) span.audience.set_everyone(true);
  }
  // "id@ward,ward"
  std::vector<std::string> Ever() {
    std::vector<std::string> ever;
    for (const ExpectedEndpoint& one : ResolveEver(spans_, *directory_, history_)) {
      std::string text = one.endpoint.id() + "@";
      for (const std::string& ward : one.wards)
        text += (text.back() == '@' ? "" : ",") + (ward.empty() ? "-" : ward);
      ever.push_back(std::move(text));
    }
    return ever;
  }

  std::unique_ptr<Directory> directory_;
  std::vector<std::unique_ptr<v1::Endpoint>> endpoints_;
  std::vector<PlacedEndpoint> history_;
  std::vector<AudienceSpan> spans_;
};

TEST_F(ExpectedTest, ThoseThatWereThereAtAnyTimeOfTheAlert) {
  For({"4w"}, kBegin);
  Was("came", "4w", kBegin + hours(1));
  Was("elsewhere", "icu", kBegin - hours(9));
  Was("gone-before", "4w", kBegin - hours(9), kBegin);
  Was("left", "4w", kBegin - hours(9), kBegin + hours(1));
  Was("stayed", "4w", kBegin - hours(9));
  EXPECT_THAT(Ever(), ElementsAre("came@4w", "left@4w", "stayed@4w"));
}

TEST_F(ExpectedTest, OneThatMovedIsExpectedOnceAndCountsInBothWards) {
  For({}, kBegin);
  Was("pc", "4w", kBegin - hours(9), kBegin + hours(1));
  Was("pc", "icu", kBegin + hours(1));
  EXPECT_THAT(Ever(), ElementsAre("pc@4w,icu"));
  EXPECT_EQ(ResolveEver(spans_, *directory_, history_)[0].endpoint.ward_id(), "icu");
}

TEST_F(ExpectedTest, ANewAudienceAddsAndTakesNobodyAway) {
  For({"4w"}, kBegin, kBegin + hours(2));
  For({"icu"}, kBegin + hours(2));
  Was("a", "4w", kBegin - hours(9));
  Was("b", "icu", kBegin - hours(9));
  Was("too-late", "4w", kBegin + hours(3));
  EXPECT_THAT(Ever(), ElementsAre("a@4w", "b@icu"));
}

TEST_F(ExpectedTest, NobodyAfterTheEndAndNoBoards) {
  For({}, kBegin, kBegin + hours(2));
  Was("after", "4w", kBegin + hours(2));
  Was("board", "4w", kBegin - hours(9), {}, v1::EndpointClass::BOARD);
  EXPECT_THAT(Ever(), IsEmpty());
  Was("cart", "", kBegin - hours(9));
  EXPECT_THAT(Ever(), ElementsAre("cart@-"));
}

}  // namespace
}  // namespace wardcast
