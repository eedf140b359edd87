// An outage of the EHR, from the first notice to the last entry from paper.
#include "tests/scenario/life/life_scene.h"

namespace wardcast::testing {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::StartsWith;

// Tuesday afternoon at the main campus.
class EhrOutage : public LifeScene {
 protected:
  EhrOutage() : LifeScene("2026-03-03T20:52:00Z") {}  // 13:52 there
};

TEST_F(EhrOutage, FromFirstNoticeOverThreeUpdatesToAllClearAndBackEntry) {
  KeenPc west("4w-pc-01", "4w", hospital().broker());
  KeenPc north("n2-pc-01", "n2", hospital().broker());
  KeenPc lab("lab-pc-01", "lab", hospital().broker());

  // 13:52 The first call. The service desk knows the service and nothing else.
  const v1::Alert first = Publish({"--template", "looking-into-it", "--service", "inpatient-ehr"});
  EXPECT_EQ(first.state(), v1::State::ACTIVE);
  EXPECT_EQ(first.phase(), v1::Phase::LOOKING_INTO_IT);
  EXPECT_EQ(first.headline(), "Inpatient EHR: there is a problem");
  EXPECT_THAT(
      first.impact(),
      StartsWith("We know of a problem with Inpatient EHR since 13:52 MST. Next update 14:2"))
      << "with the zone, because Northside has another";
  EXPECT_EQ(first.template_id(), "looking-into-it");
  EXPECT_TRUE(Gets(west, first));
  EXPECT_TRUE(Gets(north, first)) << "it depends on it, at the other site";
  EXPECT_THAT(first.service_names(), ElementsAre("Inpatient EHR"));

  // 14:10 First update: confirmed, and what to do now. The wards are asked again.
  At("2026-03-03T21:10:00Z");
  const v1::Alert confirmed = Update(
      first.id(), {"--phase", "confirmed", "--do", "Chart on paper", "--still-works", "Phones"});
  EXPECT_EQ(confirmed.revision(), first.revision() + 1);
  EXPECT_EQ(confirmed.round(), first.round() + 1);
  EXPECT_EQ(confirmed.occasion(), v1::Occasion::CHANGED);
  EXPECT_THAT(confirmed.what_changed(), Not(IsEmpty()));
  EXPECT_TRUE(Gets(west, confirmed));

  // 14:20 Second update, in one word: nothing new. It calls nobody.
  At("2026-03-03T21:20:00Z");
  const v1::Alert no_news = Update(first.id(), {"--no-news"});
  EXPECT_EQ(no_news.round(), confirmed.round());
  EXPECT_LT(std::chrono::abs(InstantOf(no_news.next_update()) - Instant("2026-03-03T21:50:00Z")),
            1min);
  EXPECT_EQ(no_news.what_changed(), "next update 14:50 MST");
  EXPECT_TRUE(Gets(west, no_news));
  EXPECT_THAT(HeldBy(west, first.id()).impact(),
              HasSubstr("since 13:52 MST. Next update 14:50 MST."))
      << "what was written once goes on saying what is true";

  // 14:51 The promise is broken. The wards see "update overdue", and are not called for it.
  At("2026-03-03T21:51:00Z");
  ASSERT_TRUE(
      Comes(first.id(), [](const v1::Alert& alert) { return alert.missed_updates() == 1; }));
  EXPECT_EQ(Read(first.id()).round(), confirmed.round());

  // 14:55 Third update, in place.
  At("2026-03-03T21:55:00Z");
  const v1::Alert better =
      Update(first.id(), {"--impact", "Reading works again, charting does not", "--until", "+30m",
                          "--next-update", "+20m", "--in-place"});
  EXPECT_EQ(better.round(), confirmed.round());
  EXPECT_EQ(better.missed_updates(), 0) << "the promise was renewed";

  // 15:05 Restored, and still on paper.
  At("2026-03-03T22:05:00Z");
  const v1::Alert restored = End(first.id(), {"--restored"});
  EXPECT_EQ(restored.state(), v1::State::RECOVERING);
  EXPECT_EQ(restored.phase(), v1::Phase::RESTORED_VERIFYING);
  EXPECT_TRUE(Gets(west, restored));
  EXPECT_THAT(Wardcast({"show", first.id(), "--as", "page"}).said,
              HasSubstr("Stay on paper until the all clear."));

  // 15:10 All clear, with what is to be entered.
  At("2026-03-03T22:10:00Z");
  const v1::Alert over =
      End(first.id(), {"--back-entry", "Medication given on paper", "--back-entry", "Vital signs"});
  EXPECT_EQ(over.state(), v1::State::CLOSED);
  EXPECT_EQ(over.closing(), v1::Closing::ENDED);
  EXPECT_THAT(over.closing_text(), HasSubstr("15:10"));
  EXPECT_LT(std::chrono::abs(FromTimestamp(over.strip_until()) - (Now() + 48h)), 1min);
  EXPECT_TRUE(Gets(west, over));
  EXPECT_TRUE(Gets(north, over));

  // 16:00 4 West has entered everything, and says so by phone.
  At("2026-03-03T23:00:00Z");
  const CommandEnd entered =
      Wardcast({"ack", first.id(), "--ward", "4w", "--response", "back-entry-done", "--initials",
                "J.R.", "--role", "charge nurse"});
  EXPECT_EQ(entered.code, 0) << entered.said;
  const v1::WardProgress ward = WardOf(first.id(), "4w");
  ASSERT_FALSE(ward.answers().empty());
  EXPECT_EQ(ward.answers(ward.answers_size() - 1).response(), v1::Response::BACK_ENTRY_DONE);

  // What is over stays over.
  const CommandEnd too_late = Wardcast({"update", first.id(), "--impact", "Down again"});
  EXPECT_EQ(too_late.code, 1) << too_late.said;
  KeenPc late("icu-pc-01", "icu", hospital().broker());
  ASSERT_TRUE(Eventually([&] { return late.settled(); }));
  EXPECT_NE(HeldBy(late, first.id()).state(), v1::State::ACTIVE);
  EXPECT_EQ(west.ledger().reopened, 0);
  EXPECT_TRUE(lab.settled());
  EXPECT_THAT(HeldBy(lab, first.id()).id(), IsEmpty()) << "it does not depend on the EHR";
}

}  // namespace
}  // namespace wardcast::testing
