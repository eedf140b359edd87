#include "agent/core/ward_reply.h"

#include <algorithm>
#include <vector>

#include "agent/core/words.h"
#include "agent/core/words/say.h"
#include "base/proto_time.h"

namespace wardcast::agent {
namespace {

bool Acknowledges(v1::Response::Value response) {
  return response == v1::Response::PROCEDURE_STARTED || response == v1::Response::NOT_AFFECTED;
}

// What was pressed here about an alert, oldest first.
std::vector<const OutboxItem*> PressedHere(const Outbox& outbox, const std::string& alert_id) {
  std::vector<const OutboxItem*> pressed;
  for (const auto& [id, item] : outbox.items()) {
    if (item.alert_id() == alert_id && std::holds_alternative<v1::Acknowledgement>(item.report))
      pressed.push_back(&item);
  }
  return pressed;
}

// As it will come back from the broker.
v1::WardAnswer Anticipate(const v1::Acknowledgement& pressed, const std::string& endpoint_name) {
  v1::WardAnswer answer;
  answer.set_response(pressed.response());
  answer.set_help(pressed.help());
  *answer.mutable_person() = pressed.person();
  answer.set_by(endpoint_name);
  *answer.mutable_at() = pressed.pressed_at();
  return answer;
}

// An answer of an earlier round. After a reminder its own time says enough.
std::string EarlierText(const v1::WardAnswer& answer, const Asking& asking, bool names,
                        const SiteTime& site, TimePoint now) {
  switch (asking.occasion) {
    case v1::Occasion::SHIFT_START:
      return AnswerText(answer, asking.ward_name, names, site, now) + ", " +
             Say(site.language(), Phrase::kByThePreviousShift);
    case v1::Occasion::REMINDER:
    case v1::Occasion::OVERRUN:
    case v1::Occasion::PARTLY_CLEAR:
      return AnswerText(answer, asking.ward_name, names, site, now);
    default:
      return AnswerText(
          answer, Say(site.language(), Phrase::kBeforeTheChange, {{"ward", asking.ward_name}}),
          names, site, now);
  }
}

}  // namespace

WardReply ReplyOf(const Holding& holding, const Outbox& outbox, const Asking& asking, bool names,
                  const SiteTime& site, TimePoint now) {
  WardReply reply;
  const v1::WardAnswer* latest = nullptr;
  const v1::WardAnswer* earlier = nullptr;
  for (const v1::WardAnswer& answer : holding.answers) {
    if (answer.ward_id() != asking.ward_id || asking.ward_id.empty()) continue;
    (answer.round() >= asking.round ? latest : earlier) = &answer;
    reply.acknowledged |= answer.round() >= asking.round && Acknowledges(answer.response());
  }
  v1::WardAnswer own;
  for (const OutboxItem* item : PressedHere(outbox, holding.alert.id())) {
    const auto& pressed = std::get<v1::Acknowledgement>(item->report);
    if (pressed.round() < asking.round) continue;
    reply.refused = item->refusal;
    if (item->state == OutboxItem::State::kRefused) continue;
    reply.acknowledged |= Acknowledges(pressed.response()) && pressed.ward_id() == asking.ward_id;
    reply.sending |= item->state == OutboxItem::State::kWaiting;
    if (latest != nullptr && FromTimestamp(latest->at()) >= FromTimestamp(pressed.pressed_at()))
      continue;
    own = Anticipate(pressed, asking.endpoint_name);
    latest = &own;
  }
  reply.sending |= outbox.IsWaiting(holding.alert.id(), asking.round, v1::Receipt::Kind::SEEN);
  if (latest != nullptr) {
    reply.text = AnswerText(*latest, asking.ward_name, names, site, now);
  } else if (earlier != nullptr) {
    reply.text = EarlierText(*earlier, asking, names, site, now);
  }
  return reply;
}

bool BackEntryDone(const Holding& holding, const Outbox& outbox, const std::string& ward_id) {
  const auto done = [&](const auto& answer) {
    return answer.ward_id() == ward_id && answer.response() == v1::Response::BACK_ENTRY_DONE;
  };
  if (std::ranges::any_of(holding.answers, done)) return true;
  return std::ranges::any_of(PressedHere(outbox, holding.alert.id()), [&](const OutboxItem* item) {
    return item->state != OutboxItem::State::kRefused &&
           done(std::get<v1::Acknowledgement>(item->report));
  });
}

}  // namespace wardcast::agent
