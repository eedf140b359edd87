#include "server/feed/roster.h"

#include <algorithm>
#include <utility>

namespace wardcast {

Roster::Sessions Roster::Get(const Index& index, const std::string& key) {
  const auto at = index.find(key);
  return at == index.end() ? Sessions() : Sessions(at->second);
}

void Roster::Drop(List& list, const Session* session) {
  const auto at = std::ranges::find(list, session);
  if (at == list.end()) return;
  *at = list.back();
  list.pop_back();
}

void Roster::Drop(Index& index, const std::string& key, const Session* session) {
  const auto at = index.find(key);
  if (at == index.end()) return;
  Drop(at->second, session);
  if (at->second.empty()) index.erase(at);
}

void Roster::Add(std::shared_ptr<Session> session, const Directory& directory, TimePoint now) {
  Session& added = *session;
  added.last_message_ = now;
  added.order_ = all_.insert(all_.end(), std::move(session));
  added.place_ = idle_.insert(idle_.end(), &added);
  if (added.watcher_) {
    watchers_.push_back(&added);
    return;
  }
  of_endpoint_[added.endpoint_id_].push_back(&added);
  unknown_.push_back(&added);
  Place(added, directory);
}

void Roster::Remove(Session& session) {
  if (session.watcher_) {
    Drop(watchers_, &session);
  } else {
    Unplace(session);
    Number(session, kUnknownEndpoint);
    Drop(of_endpoint_, session.endpoint_id_, &session);
  }
  (session.busy_ ? busy_ : idle_).erase(session.place_);
  all_.erase(session.order_);
}

bool Roster::Place(Session& session, const Directory& directory) {
  if (session.watcher_) return false;
  const v1::Endpoint* endpoint = directory.FindEndpoint(session.endpoint_id_);
  const std::string ward_id = endpoint ? endpoint->ward_id() : "";
  const bool board = endpoint && directory.ClassOf(*endpoint) == v1::EndpointClass::BOARD;
  const std::uint32_t number = endpoint ? directory.NumberOf(*endpoint) : kUnknownEndpoint;
  const bool known = session.number_ != kUnknownEndpoint;
  if (ward_id == session.ward_id_ && known == (endpoint != nullptr) && board == session.board_) {
    Number(session, number);
    return false;
  }
  Unplace(session);
  session.ward_id_ = ward_id;
  Number(session, number);
  session.board_ = board;
  if (endpoint) {
    of_ward_[ward_id].push_back(&session);
  } else {
    unknown_.push_back(&session);
  }
  return true;
}

void Roster::Unplace(Session& session) {
  if (session.number_ != kUnknownEndpoint) {
    Drop(of_ward_, session.ward_id_, &session);
  } else {
    Drop(unknown_, &session);
  }
}

// While all sessions are being placed by another directory old and new numbers are mixed; each one
// takes back what it counted before, so that the sums are right in the end.
void Roster::Number(Session& session, std::uint32_t number) {
  if (session.number_ != kUnknownEndpoint) --sessions_[session.number_];
  session.number_ = number;
  if (number == kUnknownEndpoint) return;
  if (number >= sessions_.size()) sessions_.resize(number + 1);
  ++sessions_[number];
}

void Roster::Touch(Session& session, TimePoint now) {
  session.last_message_ = now;
  all_.splice(all_.end(), all_, session.order_);
}

// A session's node is moved between the lists; nothing is allocated for a message.
void Roster::Busy(Session& session, TimePoint now) {
  session.took_ = now;
  busy_.splice(busy_.end(), session.busy_ ? busy_ : idle_, session.place_);
  session.busy_ = true;
}

void Roster::Idle(Session& session) {
  if (std::exchange(session.busy_, false)) idle_.splice(idle_.end(), busy_, session.place_);
}

void Roster::ClampTo(TimePoint now) {
  for (const std::shared_ptr<Session>& session : all_) {
    session->last_message_ = std::min(session->last_message_, now);
    session->took_ = std::min(session->took_, now);
  }
}

}  // namespace wardcast
