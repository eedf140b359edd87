// What ends without a person: expiry, and a drill that makes way for a real notice.
#include "base/proto_time.h"
#include "server/alert/defaults.h"
#include "server/alert/drills/drill.h"
#include "server/alert/life/revision.h"
#include "server/alert/lifecycle.h"
#include "server/alert/words/closing_words.h"
#include "server/alert/zoned_time.h"

namespace wardcast {
namespace {

bool IsOutOrScheduled(const v1::Alert& alert) {
  return IsOnTheWards(alert) || alert.state() == v1::State::SCHEDULED;
}

}  // namespace

std::optional<v1::Alert> ExpiredAlert(const v1::Alert& current, const Directory& directory,
                                      TimePoint now) {
  if (!EndsByItself(current) || !IsOutOrScheduled(current)) return std::nullopt;
  if (!current.has_expires() || now < FromTimestamp(current.expires())) return std::nullopt;
  return Closed(
      current, v1::Closing::EXPIRED,
      ExpiryWords(current, ToZoned(now, current.zone()), WordingOf(current, directory, now)), now);
}

std::optional<v1::Alert> StoppedDrill(const v1::Alert& current, const Directory& directory,
                                      TimePoint now) {
  if (!IsDrill(current) || !IsOutOrScheduled(current)) return std::nullopt;
  return Closed(current, v1::Closing::EXPIRED,
                DrillStoppedWords(current, WordingOf(current, directory, now)), now);
}

}  // namespace wardcast
