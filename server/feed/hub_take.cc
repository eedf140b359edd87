// What a session gets when its transport is ready for a message: decided from the state as it is at
// that moment.
#include <algorithm>
#include <utility>

#include "server/feed/hub.h"

namespace wardcast {

std::optional<Delivery> Hub::Take(Session& session) {
  const MutexLock lock(mu_);
  if (session.closed_ || session.finished_) return std::nullopt;
  Delivery delivery;
  Collect(session, delivery);
  const bool empty =
      delivery.alerts.empty() && delivery.removed.empty() && delivery.answers.empty();
  if (empty && !session.first_ && !session.news_ && !session.last_) {
    session.armed_ = true;
    roster_.Idle(session);
    return std::nullopt;
  }
  const TimePoint now = clock_.Now();
  delivery.sequence = applied_;
  delivery.server_time = now;
  delivery.settings_version = directory_->version();
  delivery.procedures_version = directory_->version();
  delivery.synced = session.first_;
  if (session.tell_log_) delivery.log = log_;
  if (session.last_) {
    delivery.retry_after = drain_;
    session.finished_ = true;
  }
  session.first_ = false;
  session.tell_log_ = false;
  session.news_ = false;
  session.armed_ = false;
  roster_.Touch(session, now);
  roster_.Busy(session, now);
  return delivery;
}

bool Hub::Concerns(const CurrentAlert& alert, const Session& session) const {
  if (!IsOnWards(alert.frame->alert)) return false;
  return session.watcher_ || alert.matched->Has(session.endpoint_id_, session.number_);
}

// What was marked since, whether it holds it or may now get it. All that is new to it is added at
// once and in order, so that a burst grows what is kept for each of thousands only once.
void Hub::LookAgain(Session& session) {
  session.look_again_ = false;
  const auto first_new = static_cast<std::ptrdiff_t>(taking_.size());
  std::size_t added = 0;
  for (auto at = marked_.rbegin(); at != marked_.rend() && (*at)->marked > session.looked_; ++at) {
    CurrentAlert* alert = *at;
    if (Holding* holding = session.holdings_.Find(alert)) {
      if (!std::exchange(holding->due, true)) taking_.push_back(alert);
    } else if (Concerns(*alert, session)) {
      taking_.push_back(alert);
      ++added;
    }
  }
  if (added == 0) return;
  std::sort(taking_.begin() + first_new, taking_.end(),
            [](const auto* a, const auto* b) { return a->number < b->number; });
  session.holdings_.Reserve(added);
  for (auto at = taking_.begin() + first_new; at != taking_.end(); ++at)
    session.holdings_.Add(*at).due = true;
}

void Hub::Collect(Session& session, Delivery& delivery) {
  delivery.removed = std::exchange(session.removed_, {});
  taking_.clear();
  if (!session.due_.empty()) {
    taking_ = session.due_;
    session.due_ = {};
  }
  if (session.look_again_ || all_marked_ > session.looked_) LookAgain(session);
  session.looked_ = marks_;
  std::ranges::sort(taking_, {}, &CurrentAlert::number);
  delivery.alerts.reserve(taking_.size());
  for (CurrentAlert* alert : taking_) {
    Holding& holding = *session.holdings_.Find(alert);  // Mark or LookAgain made it
    holding.due = false;
    // What ended is news only for those who hold it, wherever they are now; nothing that ended
    // begins anew.
    const bool wanted = alert->closed_at ? holding.holds : Concerns(*alert, session);
    if (!wanted) {
      if (holding.holds) {
        v1::RemovedAlert& removed = delivery.removed.emplace_back();
        removed.set_alert_id(alert->id());
        removed.set_version(std::max(alert->stamp().version, directory_sequence_));
      }
      session.holdings_.Erase(alert);
      continue;
    }
    if (!holding.holds || holding.held != alert->stamp()) delivery.alerts.push_back(alert->frame);
    holding.holds = true;
    holding.held = alert->stamp();
    CollectAnswers(session, holding, delivery);
  }
}

void Hub::CollectAnswers(Session& session, Holding& holding, Delivery& delivery) {
  std::vector<KeptAnswer>* answers = &holding.alert->answers;
  if (!session.watcher_) {
    if (session.ward_id_.empty()) return;
    const auto at = holding.alert->ward_answers.find(session.ward_id_);
    if (at == holding.alert->ward_answers.end()) return;
    answers = &at->second;
  }
  const auto version = [](const KeptAnswer& kept) { return kept.full->answer.answer_version(); };
  for (auto at = std::ranges::upper_bound(*answers, holding.answers, {}, version);
       at != answers->end(); ++at) {
    if (session.board_ && !at->board) at->board = EncodeAnswerForBoard(at->full->answer);
    delivery.answers.push_back(session.board_ ? at->board : at->full);
  }
  if (!answers->empty()) holding.answers = version(answers->back());
}

}  // namespace wardcast
