#include "server/alert/texts/as_read.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>
#include <vector>

#include "base/proto_time.h"
#include "base/result.h"
#include "server/alert/defaults.h"
#include "server/alert/edit.h"
#include "server/alert/local_time.h"
#include "server/alert/texts/each_text.h"
#include "server/alert/texts/filling.h"
#include "server/alert/validation.h"

namespace wardcast {
namespace {

// What printing stumbles over if it is wrong.
constexpr std::array<std::string_view, 6> kPrinted{"start",   "expected_end", "next_update",
                                                   "send_at", "zone",         "services"};

// Takes out those that are wrong as a whole; an item of a list that is wrong stays.
void DropUnreadable(const std::vector<FieldViolation>& violations, v1::Alert& alert) {
  constexpr std::string_view kPrefix = "alert.";
  for (const FieldViolation& violation : violations) {
    if (!violation.field.starts_with(kPrefix)) continue;
    const std::string name = violation.field.substr(kPrefix.size());
    if (std::ranges::find(kPrinted, name) == kPrinted.end()) continue;
    alert.GetReflection()->ClearField(&alert, v1::Alert::descriptor()->FindFieldByName(name));
  }
}

}  // namespace

v1::Alert AsRead(const v1::Alert& written, const Directory& directory, TimePoint now) {
  v1::Alert alert = written;
  alert.DiscardUnknownFields();
  ClearOutputOnly(alert);
  std::vector<FieldViolation> violations;
  ResolveLocalTimes(alert, directory, violations);
  DropUnreadable(violations, alert);
  DropUnreadable(CheckDraft(alert, directory), alert);
  FillDefaults(alert, directory,
               alert.has_send_at() ? std::max(now, FromTimestamp(alert.send_at().at())) : now);

  std::optional<Filling> filling;
  std::size_t room = kMostGrowth;
  v1::Alert read = alert;
  EachText(read, [&](const std::string&, std::string& text) {
    if (!HasBlank(text)) return;
    if (!filling) filling = FillingOf(alert, directory, now);
    text = FillText(text, *filling, room);
  });
  return read;
}

}  // namespace wardcast
