// How far an alert has come, ward by ward. Pure.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <vector>

#include "base/clock.h"
#include "server/directory/directory.h"
#include "server/store/alert_change.h"
#include "server/store/journal_batch.h"
#include "wardcast/v1/alert.pb.h"
#include "wardcast/v1/answer.pb.h"
#include "wardcast/v1/progress.pb.h"

namespace wardcast {

// Answers of one ward in one message; older ones are counted in `answers_left_out`. A message goes
// out four times a second to everybody who watches, so it must not grow with every press.
inline constexpr int kMostAnswersTold = 20;

// How many of these are connected now.
using CountOfConnected = std::function<int(std::span<const v1::Endpoint* const>)>;

// `expected`: the wards that shall answer. `counts`: of the round that counts for each ward.
// `answers`: all of the alert, by answer_version. `connected`: asked for each ward.
//
// A ward has acknowledged if it answered PROCEDURE_STARTED or NOT_AFFECTED in its current round
// (when the alert is closed BACK_ENTRY_DONE counts as well). A call for help is open while a
// NEED_HELP of any round has no such answer after it and the alert is not closed. A REAL_PROBLEM on
// a drill is a call as well, and stays open also when the drill is over: until somebody from
// outside the ward, who has asked there, gives such an answer for it. A ward whose call is open is
// in state HELP, also if it has acknowledged before: somebody has to go there. Else it is
// ACKNOWLEDGED, SEEN, DISPLAYED, or DARK by its counts; CLOSED instead of DARK outside of its
// opening hours (of a closed alert: when it closed).
//
// `by_ward` holds the expected wards, and with `expected` 0 those that answered or showed the alert
// without being expected (a PC that moved): listed, since a call for help must never be hidden, but
// in no sum. The ward with the empty id (unplaced endpoints) is in the sums of endpoints only.
v1::AlertProgress ComputeProgress(const v1::Alert& alert, const std::vector<ExpectedWard>& expected,
                                  const std::vector<WardCount>& counts,
                                  const std::vector<v1::WardAnswer>& answers,
                                  const Directory& directory, const CountOfConnected& connected,
                                  TimePoint now);

}  // namespace wardcast
