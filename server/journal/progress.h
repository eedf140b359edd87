// How far an alert has come, ward by ward. Pure.
#pragma once

#include <functional>
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

// `expected`: the wards that shall answer. `counts`: of the alert's current round. `answers`: all
// of the alert, by answer_version. `connected`: whether an endpoint is connected now, by its id.
//
// A ward is ACKNOWLEDGED if it answered PROCEDURE_STARTED or NOT_AFFECTED in its current round
// (when the alert is closed BACK_ENTRY_DONE counts as well); else HELP while a NEED_HELP of any
// round has no such answer after it and the alert is not closed; else SEEN, DISPLAYED or DARK by
// its counts.
//
// `by_ward` holds the expected wards, and with `expected` 0 those that answered or showed the alert
// without being expected (a PC that moved): listed, since a call for help must never be hidden, but
// in no sum. The ward with the empty id (unplaced endpoints) is in the sums of endpoints only.
v1::AlertProgress ComputeProgress(
    const v1::Alert& alert, const std::vector<ExpectedWard>& expected,
    const std::vector<WardCount>& counts, const std::vector<v1::WardAnswer>& answers,
    const Directory& directory,
    const std::function<bool(const std::string& endpoint_id)>& connected, TimePoint now);

}  // namespace wardcast
