// Opening a session: is this broker able to answer, and what does the endpoint hold already.
#include <algorithm>
#include <string>
#include <utility>

#include "server/feed/hub.h"

namespace wardcast {
namespace {

constexpr int kMaxKnown = 1'000;
constexpr std::size_t kMaxIdLength = 80;

Result<void> Check(const v1::SubscribeRequest& request) {
  std::vector<FieldViolation> violations;
  const std::string& id = request.endpoint().id();
  const auto allowed = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '-';
  };
  if (id.empty() || id.size() > kMaxIdLength || !std::ranges::all_of(id, allowed)) {
    violations.push_back(
        {"endpoint.id", "must be 1 … 80 of a-z 0-9 . _ -, for example the host name"});
  }
  if (request.known_size() > kMaxKnown) {
    violations.push_back({"known", "at most 1,000 entries"});
  }
  if (!violations.empty()) return Invalid(std::move(violations));
  return {};
}

// Up to which answer an endpoint of this place has them all. What it says counts only if it is an
// answer of this place: a PC that came from another ward has seen others.
JournalVersion AnswersHeld(const std::vector<KeptAnswer>& answers, JournalVersion said) {
  const auto version = [](const KeptAnswer& kept) { return kept.full->answer.answer_version(); };
  const auto at = std::ranges::lower_bound(answers, said, {}, version);
  return at != answers.end() && version(*at) == said ? said : 0;
}

}  // namespace

Result<std::shared_ptr<Session>> Hub::Open(const v1::SubscribeRequest& request,
                                           std::function<void()> wake) {
  if (auto checked = Check(request); !checked) return std::unexpected(checked.error());
  const auto session = std::make_shared<Session>(*this, request.endpoint(), std::move(wake));
  bool behind = false;
  ListenerPtr ear;
  {
    const MutexLock lock(mu_);
    if (drain_)
      return Fail(Code::kUnavailable,
                  "this broker is stopping; try another one, or this one later");
    if (!ready_) return Fail(Code::kUnavailable, "this broker has not read its log yet; retry");
    if (roster_.all().size() >= config_.max_sessions) {
      return Fail(Code::kResourceExhausted,
                  "too many subscriptions on this broker; try another one");
    }
    behind = IsBehind(request);
    if (behind) {
      ear = behind_;
    } else {
      roster_.Add(session, *directory_, clock_.Now());
      Reconcile(*session, request);
      NotePresence(*session);
    }
  }
  if (behind) {
    if (ear) Call(*ear);
    return Fail(Code::kUnavailable, "this broker is behind what the endpoint has seen; retry");
  }
  // Nobody else calls: the session is not armed before a Take() has found nothing.
  if (session->gate_.Enter()) {
    session->wake_();
    session->gate_.Leave();
  }
  return session;
}

bool Hub::IsBehind(const v1::SubscribeRequest& request) const {
  bool same_life = request.known().empty();
  for (const v1::Known& known : request.known()) {
    if (known.log_id() != log_.log_id) continue;
    if (known.generation() > log_.generation) return true;
    if (known.generation() < log_.generation) continue;
    if (known.version() > newest_) return true;
    same_life = true;
  }
  if (!request.max_seen_log_id().empty()) {
    if (request.max_seen_log_id() != log_.log_id) return false;
    if (request.max_seen_generation() != log_.generation) {
      return request.max_seen_generation() > log_.generation;
    }
    same_life = true;
  }
  return same_life && request.max_seen_sequence() > applied_;
}

void Hub::Reconcile(Session& session, const v1::SubscribeRequest& request) {
  for (const v1::Known& known : request.known()) {
    if (known.log_id() != log_.log_id) continue;  // another log's: not ours to remove
    const auto at = alerts_.find(known.alert_id());
    if (at == alerts_.end()) {
      v1::RemovedAlert& removed = session.removed_.emplace_back();
      removed.set_alert_id(known.alert_id());
      removed.set_version(applied_);
      continue;
    }
    CurrentAlert& alert = *at->second;
    const Stamp said{known.generation(), known.version()};
    Holding& holding = session.holdings_.Add(&alert);
    holding.held = holding.holds ? std::min(holding.held, said) : said;
    holding.holds = true;
    const auto ward = alert.ward_answers.find(session.ward_id_);
    if (session.watcher_) {
      holding.answers = AnswersHeld(alert.answers, known.answer_version());
    } else if (ward != alert.ward_answers.end()) {
      holding.answers = AnswersHeld(ward->second, known.answer_version());
    }
    Mark(session, alert);
  }
  for (const auto& [id, alert] : alerts_) {
    if (IsOnWards(alert->frame->alert) && Concerns(*alert, session)) Mark(session, *alert);
  }
}

}  // namespace wardcast
