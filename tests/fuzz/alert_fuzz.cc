// A PublishAlertRequest as JSON, whatever is in it: refused with reasons, or an alert that lives
// through its whole life.
#include <google/protobuf/stubs/logging.h>
#include <google/protobuf/util/json_util.h>

#include <cstdint>
#include <string>

#include "base/proto_time.h"
#include "server/alert/audience.h"
#include "server/alert/lifecycle.h"
#include "server/alert/steps.h"
#include "server/alert/texts/filled.h"
#include "server/alert/validation.h"
#include "tests/fuzz/require.h"
#include "tests/unit/server/directory/hospital.h"

namespace wardcast {
namespace {

const Directory& Hospital() {
  static const Directory kDirectory(Import(SmallHospital())->content, 1);
  return kDirectory;
}

void Live(const v1::Alert& written) {
  const TimePoint now = *FromRfc3339("2026-03-01T21:07:00Z");
  const auto alert = NewAlert(written, Hospital(), "fuzz", now);
  if (!alert) {
    Require(!alert.error().message.empty(), "a reason");
    return;
  }
  Require(CheckAlert(*alert, Hospital()).size() <= 1, "what was filled in keeps the limits");
  const v1::Alert filled = Filled(*alert, Hospital(), now);
  Require(filled.written().empty() ||
              Unfilled(filled).SerializeAsString() == alert->SerializeAsString(),
          "what was written comes back");
  const ResolvedAudience reach =
      Resolve(alert->audience(), {alert->services().begin(), alert->services().end()}, Hospital());
  Require(reach.expected_count() + reach.boards == static_cast<int>(reach.endpoints.size()),
          "each endpoint counts once");
  v1::UpdateAlertRequest same;
  *same.mutable_alert() = written;
  const auto updated = UpdatedAlert(*alert, same, Hospital(), now + std::chrono::minutes(1));
  Require(updated && !updated->has_value(), "the same again changes nothing");
  const auto recalled = RecalledAlert(*alert, {}, Hospital(), now);
  Require(recalled && recalled->has_value(), "recalled");
  const TimePoint later = now + std::chrono::hours(30);
  const Plan plan = NextSteps(*alert, Hospital(), later, now);
  if (const auto asked = WithMissed(*alert, plan.missed, Hospital(), later))
    Require(!asked->missed().empty() && !CheckSize(*asked), "a question that fits");
  ExpiredAlert(*alert, Hospital(), now + std::chrono::days(30));
  // What was not out yet cannot be restored.
  if (alert->state() == v1::State::SCHEDULED) return;
  v1::EndAlertRequest end;
  const auto restored = EndedAlert(*alert, end, Hospital(), now);
  Require(restored && restored->has_value(), "restored");
  end.set_all_clear(true);
  const auto ended = EndedAlert(**restored, end, Hospital(), now);
  Require(ended && ended->has_value() && !(*ended)->closing_text().empty(), "all clear");
}

}  // namespace
}  // namespace wardcast

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const google::protobuf::LogSilencer* const kSilence = new google::protobuf::LogSilencer;
  static_cast<void>(kSilence);
  wardcast::v1::PublishAlertRequest request;
  const std::string json(reinterpret_cast<const char*>(data), size);
  if (google::protobuf::util::JsonStringToMessage(json, &request).ok())
    wardcast::Live(request.alert());
  return 0;
}
