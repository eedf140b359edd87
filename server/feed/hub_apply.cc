// Applying what the feed has read, and marking whom it may concern. A mark only says "look again":
// what a session gets is decided when it takes, so marking one too many is harmless.
#include <algorithm>
#include <unordered_set>
#include <utility>

#include "base/proto_time.h"
#include "server/feed/hub.h"

namespace wardcast {

namespace {

// The newest `max`, and up to an eighth more, so that not each one moves all.
void Keep(std::vector<KeptAnswer>& answers, const AnswerFramePtr& frame, std::size_t max) {
  answers.push_back({.full = frame, .board = nullptr});
  if (answers.size() > max + max / 8)
    answers.erase(answers.begin(), answers.end() - static_cast<std::ptrdiff_t>(max));
}

MatchedPtr Match(const v1::Alert& alert, const Directory& directory) {
  return std::make_shared<const Matched>(MatchAudience(alert, directory));
}

}  // namespace

void Hub::SetAlert(const StoredAlert& stored) {
  const AlertFramePtr frame = EncodeAlert(stored);
  MatchedPtr matched = Match(stored.alert, *directory());  // only the feed changes the directory
  const MutexLock lock(mu_);
  const auto at = alerts_.find(stored.alert.id());
  if (at != alerts_.end() && at->second->stamp() >= StampOf(stored.alert)) return;
  if (log_.log_id.empty()) {
    log_ = {.log_id = stored.alert.log_id(), .generation = stored.alert.generation()};
  } else if (stored.alert.log_id() == log_.log_id) {
    TellLog(stored.alert.generation());
  }
  Put(frame, std::move(matched));
}

void Hub::SetLog(const LogIdentity& log) {
  {
    const MutexLock lock(mu_);
    if (log.log_id != log_.log_id) return;  // another log: only Replace can bring it
    TellLog(log.generation);
  }
  WakeFirst();
}

void Hub::TellLog(std::int64_t generation) {
  if (generation <= log_.generation) return;
  log_.generation = generation;
  for (const std::shared_ptr<Session>& session : roster_.all()) {
    session->tell_log_ = true;
    MarkNews(*session);
  }
}

void Hub::Put(const AlertFramePtr& frame, MatchedPtr matched) {
  std::unique_ptr<CurrentAlert>& entry = alerts_[frame->alert.id()];
  const MatchedPtr before = entry ? entry->matched : std::make_shared<const Matched>();
  if (!entry) {
    entry = std::make_unique<CurrentAlert>();
    entry->number = ++last_number_;
  }
  CurrentAlert& alert = *entry;
  if (alert.frame) Unlist(alert);
  alert.frame = frame;
  alert.matched = std::move(matched);
  alert.closed_at.reset();
  if (frame->alert.state() == v1::State::CLOSED) {
    alert.closed_at = frame->alert.has_changed_at() ? FromTimestamp(frame->alert.changed_at().at())
                                                    : clock_.Now();
  }
  List(alert);
  newest_ = std::max(newest_, frame->alert.version());
  NoteProgress(alert.id());
  tell_alerts_ = true;
  // Who holds an ended alert may be anywhere by now; there are few ends, so all are looked at.
  if (alert.closed_at || alert.matched->count >= roster_.all().size()) return MarkAll(alert);
  MarkMatched(alert, *before);
  MarkMatched(alert, *alert.matched);
  for (Session* session : roster_.watchers()) Mark(*session, alert);
}

void Hub::Unlist(CurrentAlert& alert) {
  on_wards_.erase(alert.number);
  unsent_.erase(alert.number);
  if (alert.closed_at) closed_.erase({*alert.closed_at, &alert});
}

void Hub::List(CurrentAlert& alert) {
  if (alert.closed_at) {
    closed_.emplace(*alert.closed_at, &alert);
  } else {
    (IsOnWards(alert.frame->alert) ? on_wards_ : unsent_).emplace(alert.number, &alert);
  }
}

void Hub::DropOld(TimePoint now) {
  std::vector<CurrentAlert*> old;
  std::size_t left = closed_.size();
  for (const auto& [closed_at, alert] : closed_) {
    if (closed_at + config_.keep_closed >= now && left <= config_.max_closed) break;
    old.push_back(alert);
    --left;
  }
  Drop(old, Tell::kNo);
}

void Hub::Advance(Sequence applied) {
  {
    const MutexLock lock(mu_);
    applied_ = applied;
    newest_ = std::max(newest_, applied);
    ready_ = true;
  }
  WakeFirst();
  RunListeners();
}

std::vector<std::pair<std::string, MatchedPtr>> Hub::MatchAll(const Directory& directory) const {
  std::vector<AlertFramePtr> frames;
  {
    const MutexLock lock(mu_);
    frames.reserve(on_wards_.size());
    for (const auto& [number, alert] : on_wards_) frames.push_back(alert->frame);
  }
  std::vector<std::pair<std::string, MatchedPtr>> matched;
  matched.reserve(frames.size());
  for (const AlertFramePtr& frame : frames)
    matched.emplace_back(frame->alert.id(), Match(frame->alert, directory));
  return matched;
}

void Hub::SetDirectory(DirectoryPtr directory, Sequence sequence) {
  std::vector<std::pair<std::string, MatchedPtr>> matched = MatchAll(*directory);
  const MutexLock lock(mu_);
  Before before;
  before.reserve(matched.size());
  for (auto& [id, after] : matched) {
    CurrentAlert& alert = *alerts_.at(id);  // only the feed takes alerts away
    before.emplace_back(&alert, std::exchange(alert.matched, std::move(after)));
  }
  PlaceAll(std::move(directory), sequence, before);
}

void Hub::PlaceAll(DirectoryPtr directory, Sequence sequence, const Before& before) {
  directory_ = std::move(directory);
  directory_sequence_ = sequence;
  for (const std::shared_ptr<Session>& session : roster_.all()) {
    const std::string ward_id = session->ward_id_;
    const std::uint32_t before_number = session->number_;
    if (!roster_.Place(*session, *directory_)) {
      if (session->watcher_) continue;
      for (const auto& [alert, was] : before) {
        if (was->Has(session->endpoint_id_, before_number) != Concerns(*alert, *session))
          Mark(*session, *alert);
      }
      continue;
    }
    for (Holding& holding : session->holdings_.list()) {
      if (session->ward_id_ != ward_id) holding.answers = 0;  // those of the new ward
      Mark(*session, *holding.alert);                         // adds nothing: it is held
    }
    for (const auto& [_, alert] : on_wards_) Mark(*session, *alert);
    MarkNews(*session);  // its settings; the others learn their version with their next message
  }
}

void Hub::Replace(HubState state) {
  std::vector<std::pair<AlertFramePtr, MatchedPtr>> alerts;
  std::unordered_set<std::string> ids;
  for (const StoredAlert& stored : state.alerts) {
    alerts.emplace_back(EncodeAlert(stored), Match(stored.alert, *state.directory));
    ids.insert(stored.alert.id());
  }
  {
    const MutexLock lock(mu_);
    std::vector<CurrentAlert*> gone;
    for (const auto& [id, alert] : alerts_) {
      alert->matched = std::make_shared<const Matched>();  // of the directory before
      alert->answers.clear();
      alert->ward_answers.clear();
      if (!ids.contains(id)) gone.push_back(alert.get());
    }
    for (const std::shared_ptr<Session>& session : roster_.all()) {
      for (Holding& holding : session->holdings_.list()) holding.answers = 0;
      session->tell_log_ = true;
      MarkNews(*session);
    }
    log_ = std::move(state.log);
    ready_ = true;
    applied_ = newest_ = state.applied;
    answered_ = 0;
    Drop(gone, Tell::kYes);
    PlaceAll(std::move(state.directory), state.directory_sequence, {});
    for (auto& [frame, matched] : alerts) {
      Put(frame, std::move(matched));
      MarkAll(*alerts_.at(frame->alert.id()));
    }
    for (const v1::WardAnswer& answer : state.answers) ApplyAnswer(EncodeAnswer(answer));
  }
  WakeFirst();
  RunListeners();
}

void Hub::AddAnswers(const std::vector<v1::WardAnswer>& answers) {
  std::vector<AnswerFramePtr> frames;
  frames.reserve(answers.size());
  for (const v1::WardAnswer& answer : answers) frames.push_back(EncodeAnswer(answer));
  {
    const MutexLock lock(mu_);
    const JournalVersion before = answered_;
    for (const AnswerFramePtr& frame : frames) {
      if (frame->answer.answer_version() > before) ApplyAnswer(frame);
    }
  }
  WakeFirst();
  RunListeners();
}

void Hub::ApplyAnswer(const AnswerFramePtr& frame) {
  const v1::WardAnswer& answer = frame->answer;
  answered_ = std::max(answered_, answer.answer_version());
  const auto at = alerts_.find(answer.alert_id());
  if (at == alerts_.end()) return;
  CurrentAlert& alert = *at->second;
  Keep(alert.answers, frame, config_.max_answers);
  Keep(alert.ward_answers[answer.ward_id()], frame, config_.max_ward_answers);
  if (!answer.ward_id().empty()) {
    for (Session* session : roster_.OfWard(answer.ward_id())) Mark(*session, alert);
  }
  for (Session* session : roster_.watchers()) Mark(*session, alert);
  NoteProgress(alert.id());
}

void Hub::Drop(const std::vector<CurrentAlert*>& alerts, Tell tell) {
  if (alerts.empty()) return;
  for (CurrentAlert* alert : alerts) {
    alert->going = true;
    Unlist(*alert);
    if (alert->marked > 0) marked_.erase(alert->in_marked);
  }
  for (const std::shared_ptr<Session>& session : roster_.all()) {
    std::erase_if(session->due_, [](const CurrentAlert* alert) { return alert->going; });
    for (const Holding& holding : session->holdings_.list()) {
      const CurrentAlert& alert = *holding.alert;
      // Who was never told of the end, because it took nothing for a week, must not keep it open.
      const bool told = tell == Tell::kNo && holding.held == alert.stamp();
      if (!alert.going || !holding.holds || told) continue;
      v1::RemovedAlert& removed = session->removed_.emplace_back();
      removed.set_alert_id(alert.id());
      removed.set_version(alert.stamp().version);
      Queue(*session);
    }
    std::erase_if(session->holdings_.list(),
                  [](const Holding& holding) { return holding.alert->going; });
  }
  for (CurrentAlert* alert : alerts)
    alerts_.erase(std::string(alert->id()));  // a copy: the key must outlive the search
}

}  // namespace wardcast
