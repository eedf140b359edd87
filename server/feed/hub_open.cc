// Opening a session: is this broker able to answer, and what does the endpoint hold already.
#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "base/endpoint_id.h"
#include "server/feed/hub.h"

namespace wardcast {
namespace {

constexpr int kMaxKnown = 1'000;
constexpr std::size_t kMaxClaims = 1'000;

// An id of an alert or a log, ours or of another house.
bool IsId(const std::string& id) {
  const auto allowed = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
           c == '_' || c == '-';
  };
  return !id.empty() && id.size() <= kLongestId && std::ranges::all_of(id, allowed);
}

// Only the first wrong entry is named: a list may have 1,000.
std::optional<FieldViolation> CheckKnown(const v1::SubscribeRequest& request) {
  if (request.known_size() > kMaxKnown) return FieldViolation{"known", "at most 1,000 entries"};
  for (int i = 0; i < request.known_size(); ++i) {
    const v1::Known& known = request.known(i);
    const std::string where = "known[" + std::to_string(i) + "].";
    if (!IsId(known.alert_id()))
      return FieldViolation{where + "alert_id", "must be 1 … 80 of A-Z a-z 0-9 . _ -"};
    if (!IsId(known.log_id()))
      return FieldViolation{where + "log_id", "must be 1 … 80 of A-Z a-z 0-9 . _ -"};
  }
  return std::nullopt;
}

Result<void> Check(const v1::SubscribeRequest& request) {
  std::vector<FieldViolation> violations;
  if (!IsEndpointId(request.endpoint().id())) {
    violations.push_back(
        {"endpoint.id", "must be 1 … 80 of a-z 0-9 . _ -, for example the host name"});
  }
  if (auto wrong = CheckKnown(request)) violations.push_back(std::move(*wrong));
  if (request.max_seen_log_id().size() > kLongestId)
    violations.push_back({"max_seen_log_id", "at most 80 characters"});
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
  const auto session =
      std::make_shared<Session>(*this, request.endpoint(), clock_.Now(), std::move(wake));
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
    auto claim = FindAhead(request);
    behind = claim.has_value();
    if (behind) {
      ear = behind_;
      if (claims_.size() < kMaxClaims) claims_[session->endpoint_id_] = std::move(*claim);
    } else {
      roster_.Add(session, *directory_, session->opened_);
      if (roster_.OfEndpoint(session->endpoint_id_).size() > 1)
        crowded_.insert(session->endpoint_id_);
      session->looked_ = marks_;
      Reconcile(*session, request);
      NotePresence(*session);
      goodbyes_.erase(session->endpoint_id_);
    }
  }
  if (behind) {
    if (ear) Call(*ear);
    return FailFor(Code::kUnavailable, "this broker is behind what the endpoint has seen; retry",
                   std::chrono::milliseconds(500));
  }
  // Nobody else calls: the session is not armed before a Take() has found nothing.
  if (session->gate_.Enter()) {
    session->wake_();
    session->gate_.Leave();
  }
  return session;
}

std::optional<Hub::Claim> Hub::FindAhead(const v1::SubscribeRequest& request) const {
  const auto claim = [&](std::int64_t generation, Sequence version) {
    return Claim{
        .endpoint_id = request.endpoint().id(), .generation = generation, .version = version};
  };
  bool same_life = request.known().empty();
  for (const v1::Known& known : request.known()) {
    if (known.log_id() != log_.log_id) continue;
    if (known.generation() > log_.generation) return claim(known.generation(), known.version());
    if (known.generation() < log_.generation) continue;
    if (known.version() > newest_) return claim(known.generation(), known.version());
    same_life = true;
  }
  if (!request.max_seen_log_id().empty()) {
    if (request.max_seen_log_id() != log_.log_id) return std::nullopt;
    if (request.max_seen_generation() > log_.generation)
      return claim(request.max_seen_generation(), request.max_seen_sequence());
    if (request.max_seen_generation() < log_.generation) return std::nullopt;
    same_life = true;
  }
  if (!same_life || request.max_seen_sequence() <= applied_) return std::nullopt;
  return claim(log_.generation, request.max_seen_sequence());
}

std::vector<Hub::Claim> Hub::TakeClaims() {
  std::vector<Claim> claims;
  const MutexLock lock(mu_);
  for (auto& [id, claim] : std::exchange(claims_, {})) claims.push_back(claim);
  return claims;
}

bool Hub::IsAhead(const Claim& claim) const {
  const MutexLock lock(mu_);
  if (claim.generation != log_.generation) return claim.generation > log_.generation;
  return claim.version > newest_;
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
  for (const auto& [number, alert] : on_wards_) {
    if (Concerns(*alert, session)) Mark(session, *alert);
  }
}

}  // namespace wardcast
