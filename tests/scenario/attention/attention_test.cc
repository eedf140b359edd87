// Incidents of windows: called twice, closed for nobody, open for everybody. With the real agent's
// rules and disk.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/scenario/attention/desk_pc.h"

namespace wardcast::testing {
namespace {

using agent::Presentation;
using agent::Response;
using std::chrono::minutes;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class Attention : public ::testing::Test {
 protected:
  Attention() { Start(); }
  ~Attention() override { pcs_.clear(); }

  void Start() { broker_ = std::make_unique<BrokerPart>(house_, MakeInProcessBus()); }
  DeskPc& Pc(const std::string& id) {
    pcs_.push_back(std::make_unique<DeskPc>(id, house_));
    EXPECT_TRUE(pcs_.back()->Connect(*broker_));
    pcs_.back()->Run();
    return *pcs_.back();
  }
  // Runs until the notice is on the screen and `is` so.
  static bool Shows(DeskPc& pc, const std::string& alert_id,
                    const std::function<bool(const agent::Notice&)>& is) {
    return Becomes([&] {
      pc.Run();
      const agent::Notice* notice = pc.Find(alert_id);
      return notice && is(*notice);
    });
  }
  static bool Shows(DeskPc& pc, const v1::Alert& alert) {
    return Shows(pc, alert.id(),
                 [&](const agent::Notice& notice) { return notice.version == alert.version(); });
  }
  int Acknowledged(const std::string& alert_id) {
    return broker_->Progress(alert_id).wards_acknowledged();
  }

  House house_;
  std::unique_ptr<BrokerPart> broker_;
  std::deque<std::unique_ptr<DeskPc>> pcs_;
};

// 14:07 the ward answers. 14:20 a typing error is mended: nobody is called again, and the ward
// stays answered. 15:00 the outage grows: the ward is asked again, and what it said stays written.
TEST_F(Attention, ANewRevisionWipesAnAcknowledgement) {
  DeskPc& pc = Pc("4w-pc-01");
  const v1::Alert alert = broker_->Publish("Lab rsults not reaching the EHR", {"4w", "icu"});
  ASSERT_TRUE(Shows(pc, alert));
  EXPECT_EQ(pc.Find(alert.id())->presentation, Presentation::kDialog);
  pc.Answer(alert.id(), Response::kProcedureStarted);
  ASSERT_TRUE(Becomes([&] { return Acknowledged(alert.id()) == 1; }));

  v1::UpdateAlertRequest update;
  update.set_alert_id(alert.id());
  update.mutable_alert()->set_headline("Lab results not reaching the EHR");
  const v1::Alert mended = broker_->Update(update);
  ASSERT_EQ(mended.revision(), 2);
  ASSERT_EQ(mended.round(), 1);
  ASSERT_TRUE(Shows(pc, mended));
  EXPECT_EQ(Acknowledged(alert.id()), 1);
  EXPECT_FALSE(pc.Find(alert.id())->asks_answer);
  EXPECT_THAT(pc.Find(alert.id())->ward_answer, HasSubstr("J.R."));
  EXPECT_EQ(pc.Windows(alert.id(), 1), 1);
  // The same after the PC and the broker were switched off.
  pc.CutPower();
  broker_.reset();
  house_.Reopen();
  Start();
  pc.SwitchOn();
  ASSERT_TRUE(pc.Connect(*broker_));
  ASSERT_TRUE(Shows(pc, mended));
  EXPECT_EQ(Acknowledged(alert.id()), 1);
  EXPECT_FALSE(pc.Find(alert.id())->asks_answer);
  EXPECT_EQ(pc.Windows(alert.id(), 1), 1) << "answered is answered";

  update.mutable_alert()->set_headline("Lab and radiology results not reaching the EHR");
  update.set_re_alert(v1::ReAlert::YES);
  const v1::Alert grown = broker_->Update(update);
  ASSERT_EQ(grown.round(), 2);
  ASSERT_TRUE(Shows(pc, grown));
  EXPECT_TRUE(pc.Find(alert.id())->asks_answer);
  EXPECT_EQ(pc.Windows(alert.id(), 2), 1);
  EXPECT_EQ(Acknowledged(alert.id()), 0) << "this round has no answer yet";
  EXPECT_EQ(house_.store->LoadAnswers(alert.id())->size(), 1U) << "the first one stays written";
  pc.Answer(alert.id(), Response::kNotAffected);
  EXPECT_TRUE(Becomes([&] { return Acknowledged(alert.id()) == 1; }));
  EXPECT_EQ(house_.store->LoadAnswers(alert.id())->size(), 2U);
}

// Two PCs of one ward show the same window. The nurse presses at one of them.
TEST_F(Attention, AcknowledgedInOneWindowStillOpenInAnother) {
  DeskPc& pressed = Pc("4w-pc-01");
  DeskPc& other = Pc("4w-pc-02");
  DeskPc& off = Pc("4w-pc-03");
  DeskPc& icu = Pc("icu-pc-01");
  const v1::Alert alert = broker_->Publish("Lab down", {"4w", "icu"});
  for (DeskPc* pc : {&pressed, &other, &off, &icu}) ASSERT_TRUE(Shows(*pc, alert));
  EXPECT_EQ(other.Find(alert.id())->presentation, Presentation::kDialog);
  off.CutPower();

  pressed.Answer(alert.id(), Response::kProcedureStarted);
  const auto answered = [](const agent::Notice& notice) { return !notice.asks_answer; };
  ASSERT_TRUE(Shows(other, alert.id(), answered));
  EXPECT_LT(other.Find(alert.id())->presentation, Presentation::kDialog)
      << "it becomes a corner, and does not vanish";
  EXPECT_THAT(other.Find(alert.id())->ward_answer, HasSubstr("J.R."));
  // A PC that was off gets the notice together with the answer: no window, not even for a moment.
  off.SwitchOn();
  ASSERT_TRUE(off.Connect(*broker_));
  ASSERT_TRUE(Shows(off, alert.id(), answered));
  EXPECT_EQ(off.Windows(alert.id(), 1), 1) << "the one before it was switched off";
  // Another ward has not answered.
  icu.Run();
  EXPECT_TRUE(icu.Find(alert.id())->asks_answer);
  EXPECT_EQ(icu.Find(alert.id())->presentation, Presentation::kDialog);
  EXPECT_THAT(icu.Find(alert.id())->ward_answer, IsEmpty());
}

// The broker takes the answer and the network loses its confirmation; the power fails, and comes
// back.
TEST_F(Attention, ConfirmedTooLateTheAnswerCountsOnceAndNobodyIsCalledAgain) {
  DeskPc& pc = Pc("4w-pc-01");
  const v1::Alert alert = broker_->Publish("Lab down", {"4w"});
  ASSERT_TRUE(Shows(pc, alert));
  pc.LoseAnswers(true);
  pc.Answer(alert.id(), Response::kProcedureStarted);
  EXPECT_TRUE(pc.Find(alert.id())->sending);
  EXPECT_LT(pc.Find(alert.id())->presentation, Presentation::kDialog);
  pc.CutPower();
  pc.LoseAnswers(false);
  pc.SwitchOn();
  ASSERT_TRUE(pc.Connect(*broker_));
  ASSERT_TRUE(Shows(pc, alert.id(), [](const agent::Notice& notice) { return !notice.sending; }));
  EXPECT_EQ(house_.store->LoadAnswers(alert.id())->size(), 1U);
  EXPECT_EQ(pc.Windows(alert.id(), 1), 1);
}

// Monitoring says "up"; its "down" from before arrives once more, and the PC was restarted.
TEST_F(Attention, AReFireAfterResolvedOpensNoWindow) {
  DeskPc& pc = Pc("4w-pc-01");
  v1::PublishAlertRequest down = BrokerPart::Outage("Lab down", {"4w"});
  down.set_request_id("01JNR000000000000000000000");
  down.set_source_key("nagios/lab");
  const v1::Alert alert = broker_->Publish(down);
  ASSERT_TRUE(Shows(pc, alert));
  const v1::Alert over = broker_->End(alert.id());
  ASSERT_TRUE(Shows(pc, over));
  EXPECT_EQ(pc.Find(alert.id())->phase, agent::Phase::kAllClear);

  EXPECT_EQ(broker_->Publish(down).id(), alert.id());
  pc.CutPower();
  pc.SwitchOn();
  ASSERT_TRUE(pc.Connect(*broker_));
  ASSERT_TRUE(Shows(pc, over));
  EXPECT_EQ(pc.Find(alert.id())->phase, agent::Phase::kAllClear);
  EXPECT_EQ(pc.Windows(alert.id(), 1), 1);
  EXPECT_EQ(pc.screen().notices.size(), 1U);
}

}  // namespace
}  // namespace wardcast::testing
