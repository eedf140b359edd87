#include "agent/desktop/view/buttons.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace wardcast::agent {
namespace {

using ::testing::ElementsAre;

Notice InterfaceOutage() {
  Notice notice;
  notice.alert_id = "lab-1";
  notice.round = 2;
  notice.ward_id = "4w";
  notice.ward_name = "4 West";
  notice.asks_answer = true;
  return notice;
}

std::vector<Action> ActionsOf(const std::vector<Button>& buttons) {
  std::vector<Action> actions;
  actions.reserve(buttons.size());
  for (const Button& button : buttons) actions.push_back(button.action);
  return actions;
}

std::vector<Action> MainOf(const std::vector<Button>& buttons) {
  std::vector<Action> actions;
  for (const Button& button : buttons) {
    if (button.main) actions.push_back(button.action);
  }
  return actions;
}

const ButtonRules kFresh{.laters_left = 3, .opened_by_person = false};

TEST(Buttons, AnOutageAsksForTheWardsAnswer) {
  const auto buttons = ButtonsFor(InterfaceOutage(), kFresh);
  EXPECT_THAT(ActionsOf(buttons), ElementsAre(Action::kSeen, Action::kAcknowledge, Action::kHelp,
                                              Action::kLater, Action::kMore));
  EXPECT_THAT(MainOf(buttons), ElementsAre(Action::kAcknowledge));
  EXPECT_EQ(buttons[1].label, "Acknowledge for 4 West…");
}

TEST(Buttons, OnceAnsweredTheAnswerIsNoLongerWhatIsAskedFor) {
  Notice notice = InterfaceOutage();
  notice.ward_answer = "4 West: procedure started";
  const auto buttons = ButtonsFor(notice, kFresh);
  EXPECT_THAT(MainOf(buttons), ElementsAre());
  EXPECT_EQ(buttons[1].action, Action::kAcknowledge);
}

TEST(Buttons, AnUnplacedPcCannotAnswerForAWard) {
  Notice notice = InterfaceOutage();
  notice.ward_id.clear();
  const auto buttons = ButtonsFor(notice, kFresh);
  EXPECT_THAT(ActionsOf(buttons), ElementsAre(Action::kSeen, Action::kLater, Action::kMore));
  EXPECT_THAT(MainOf(buttons), ElementsAre(Action::kSeen));
}

TEST(Buttons, LaterIsGoneAfterTheThirdTime) {
  const auto buttons = ButtonsFor(InterfaceOutage(), {.laters_left = 0, .opened_by_person = false});
  EXPECT_THAT(ActionsOf(buttons),
              ElementsAre(Action::kSeen, Action::kAcknowledge, Action::kHelp, Action::kMore));
}

TEST(Buttons, WhatWasOpenedFromTheStripCanBeClosed) {
  Notice notice = InterfaceOutage();
  notice.seen = true;
  const auto buttons = ButtonsFor(notice, {.laters_left = 3, .opened_by_person = true});
  EXPECT_THAT(ActionsOf(buttons),
              ElementsAre(Action::kAcknowledge, Action::kHelp, Action::kClose, Action::kMore));
}

TEST(Buttons, AnAllClearAsksForTheBackEntry) {
  Notice notice = InterfaceOutage();
  notice.phase = Phase::kAllClear;
  notice.afterwards = {"Enter the results from form LAB-7"};
  EXPECT_THAT(MainOf(ButtonsFor(notice, kFresh)), ElementsAre(Action::kBackEntryDone));
  notice.afterwards.clear();
  EXPECT_THAT(ActionsOf(ButtonsFor(notice, kFresh)),
              ElementsAre(Action::kSeen, Action::kLater, Action::kMore));
}

TEST(Buttons, ARecallAsksForNothing) {
  Notice notice = InterfaceOutage();
  notice.phase = Phase::kRecalled;
  EXPECT_THAT(ActionsOf(ButtonsFor(notice, kFresh)), ElementsAre(Action::kSeen, Action::kMore));
}

TEST(Buttons, EveryChoiceAnswersOrLeadsBack) {
  for (const auto& choices : {AnswerChoices(Language::kEnglish), HelpChoices(Language::kEnglish)}) {
    for (const Button& button : choices) {
      PresenterEvents::Answer answer;
      EXPECT_EQ(FillAnswer(button.action, InterfaceOutage(), answer),
                button.action != Action::kBack);
    }
  }
}

TEST(Buttons, AnAnswerIsForTheNoticesWardAndRound) {
  PresenterEvents::Answer answer;
  ASSERT_TRUE(FillAnswer(Action::kDowntimePc, InterfaceOutage(), answer));
  EXPECT_EQ(answer.alert_id, "lab-1");
  EXPECT_EQ(answer.round, 2);
  EXPECT_EQ(answer.ward_id, "4w");
  EXPECT_EQ(answer.response, Response::kNeedHelp);
  EXPECT_EQ(answer.help, HelpKind::kDowntimePc);
}

TEST(Buttons, SeenAndLaterAreNoAnswers) {
  PresenterEvents::Answer answer;
  EXPECT_FALSE(FillAnswer(Action::kSeen, InterfaceOutage(), answer));
  EXPECT_FALSE(FillAnswer(Action::kLater, InterfaceOutage(), answer));
}

TEST(Buttons, AreInTheLanguageOfTheSite) {
  Notice notice = InterfaceOutage();
  notice.language = Language::kEnglish;
  const auto buttons = ButtonsFor(
      notice, {.laters_left = 3, .opened_by_person = false, .language = Language::kGerman});
  EXPECT_EQ(buttons[0].label, "Gesehen");
  EXPECT_EQ(buttons[1].label, "Für 4 West bestätigen…");
}

TEST(EmergencyLine, IsThereWhenTheNumberIs) {
  Notice notice = InterfaceOutage();
  EXPECT_EQ(EmergencyLine(notice, Language::kEnglish), "");
  notice.emergency_phone = "4444";
  EXPECT_EQ(EmergencyLine(notice, Language::kEnglish), "Patient emergency: call 4444");
}

}  // namespace
}  // namespace wardcast::agent
