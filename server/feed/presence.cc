#include "server/feed/presence.h"

#include <algorithm>
#include <utility>

#include "base/proto_time.h"
#include "server/feed/hub.h"

namespace wardcast {
namespace {

constexpr std::size_t kMaxInfoText = 200;
constexpr std::size_t kMaxPresenceChanges = 200'000;
// Who is still here so long after a goodbye did not mean it.
constexpr std::chrono::seconds kGoodbyeHolds{30};

void Clean(std::string& text) {
  if (text.size() > kMaxInfoText) {
    std::size_t end = kMaxInfoText;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
    text.resize(end);
  }
  for (char& c : text) {
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) c = ' ';
  }
}

v1::ScreenState::Value KnownScreen(v1::ScreenState::Value state) {
  return v1::ScreenState::Value_IsValid(state) ? state : v1::ScreenState::UNSPECIFIED;
}

std::optional<std::chrono::milliseconds> SkewOf(const v1::EndpointInfo& info, TimePoint now) {
  const TimePoint clock = FromTimestamp(info.clock());
  if (!info.has_clock() || clock < TimePoint{} || clock > kYear2200) return std::nullopt;
  return clock - now;
}

}  // namespace

v1::EndpointInfo CleanInfo(const v1::EndpointInfo& info) {
  v1::EndpointInfo clean = info;
  for (std::string* text : {clean.mutable_id(), clean.mutable_host(), clean.mutable_serial(),
                            clean.mutable_agent_version(), clean.mutable_os()}) {
    Clean(*text);
  }
  clean.set_screens(std::clamp(clean.screens(), 0, 64));
  clean.set_screen_state(KnownScreen(clean.screen_state()));
  return clean;
}

void Hub::NotePresence(const Session& session) {
  if (session.watcher_) return;
  if (presence_.size() < kMaxPresenceChanges || presence_.contains(session.endpoint_id_))
    presence_[session.endpoint_id_] = {.at = clock_.Now(), .goodbye = false};
  // Progress is told with the next tick, so that 10,000 PCs that come back are not 10,000 calls.
  for (auto at = listeners_.begin(); at != listeners_.end();
       at = listeners_.upper_bound(at->first)) {
    const auto alert = alerts_.find(at->first);
    if (alert != alerts_.end() && Concerns(*alert->second, session)) progress_.insert(at->first);
  }
}

void Hub::HearGoodbye(const std::string& endpoint_id) {
  const MutexLock lock(mu_);
  if (!roster_.OfEndpoint(endpoint_id).empty()) goodbyes_[endpoint_id] = clock_.Now();
}

// Of two machines with one id, the one that came last; of one that came back, not the connection
// that has not been noticed to be dead.
Session* Hub::NewestOf(const std::string& endpoint_id) const {
  Session* newest = nullptr;
  for (Session* session : roster_.OfEndpoint(endpoint_id)) {
    if (!newest || session->opened_ >= newest->opened_) newest = session;
  }
  return newest;
}

void Hub::HearScreen(const std::string& endpoint_id, v1::ScreenState::Value state) {
  const MutexLock lock(mu_);
  Session* newest = NewestOf(endpoint_id);
  if (!newest || newest->screen_state_ == KnownScreen(state)) return;
  newest->screen_state_ = KnownScreen(state);
  // Nobody came or went: what is noted of that stays.
  if (presence_.size() < kMaxPresenceChanges)
    presence_.try_emplace(endpoint_id, Noted{.at = newest->opened_, .goodbye = false});
}

v1::ScreenState::Value Hub::ScreenOf(const std::string& endpoint_id) const {
  const MutexLock lock(mu_);
  const Session* newest = NewestOf(endpoint_id);
  return newest ? newest->screen_state_ : v1::ScreenState::UNSPECIFIED;
}

// A clone of the disk that is still here: the id is connected, whatever the other machine said.
void Hub::NoteEnd(const std::string& endpoint_id) {
  if (!roster_.OfEndpoint(endpoint_id).empty()) return;
  const auto said = goodbyes_.find(endpoint_id);
  if (said == goodbyes_.end()) return;
  const auto noted = presence_.find(endpoint_id);
  if (noted != presence_.end())
    noted->second.goodbye = noted->second.at - said->second <= kGoodbyeHolds;
  goodbyes_.erase(said);
}

void Hub::FindDuplicates(TimePoint now) {
  for (auto at = crowded_.begin(); at != crowded_.end();) {
    const Roster::Sessions sessions = roster_.OfEndpoint(*at);
    const auto lives = std::ranges::count_if(sessions, [&](const Session* session) {
      return session->opened_ + config_.duplicate_after <= now;
    });
    if (lives >= 2 && duplicates_.insert(*at).second) presence_[*at].at = now;
    if (sessions.size() >= 2) {
      ++at;
      continue;
    }
    if (duplicates_.erase(*at) > 0) presence_[*at].at = now;
    at = crowded_.erase(at);
  }
}

std::vector<std::string> Hub::Duplicates() const {
  const MutexLock lock(mu_);
  return {duplicates_.begin(), duplicates_.end()};
}

std::vector<PresenceChange> Hub::TakePresenceChanges() {
  std::vector<PresenceChange> changes;
  const MutexLock lock(mu_);
  changes.reserve(presence_.size());
  for (const auto& [id, noted] : std::exchange(presence_, {})) {
    PresenceChange& change = changes.emplace_back();
    change.endpoint_id = id;
    change.changed_at = noted.at;
    const Session* newest = NewestOf(id);
    for (const Session* session : roster_.OfEndpoint(id)) {
      ++change.sessions;
      if (change.sessions == 1 || session->opened_ < change.connected_at)
        change.connected_at = session->opened_;
    }
    change.goodbye = !newest && noted.goodbye;
    if (!newest) continue;
    change.duplicate = duplicates_.contains(id);
    change.info = newest->info_;
    change.screen_state = newest->screen_state_;
    change.clock_skew = SkewOf(*newest->info_, newest->opened_);
  }
  return changes;
}

}  // namespace wardcast
