// Which sessions there are: by endpoint, by ward, and in the order of their last message.
#pragma once

#include <cstdint>
#include <list>
#include <memory>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/clock.h"
#include "server/directory/directory.h"
#include "server/feed/session.h"

namespace wardcast {

// Threads: the hub's, under its mutex.
class Roster {
 public:
  using Sessions = std::span<Session* const>;  // until the next change

  void Add(std::shared_ptr<Session> session, const Directory& directory, TimePoint now);
  void Remove(Session& session);

  // Puts the session where the directory says. True: its ward, its class or whether it is known
  // changed.
  bool Place(Session& session, const Directory& directory);

  // Watchers are in none of the three.
  Sessions OfEndpoint(const std::string& endpoint_id) const {
    return Get(of_endpoint_, endpoint_id);
  }
  // The same, by Directory::NumberOf of the directory that sessions were placed by.
  bool IsThere(std::uint32_t number) const {
    return number < sessions_.size() && sessions_[number] > 0;
  }
  Sessions OfWard(const std::string& ward_id) const { return Get(of_ward_, ward_id); }
  Sessions unknown() const { return unknown_; }  // endpoints that the directory does not know
  Sessions watchers() const { return watchers_; }

  // All, the one whose last message is oldest first.
  const std::list<std::shared_ptr<Session>>& all() const { return all_; }
  // The session gets a message now.
  void Touch(Session& session, TimePoint now);
  // Those that were woken or took a message and have not asked for the next one, the longest first.
  const std::list<Session*>& busy() const { return busy_; }
  // The others: they wait to be woken, or have not asked for their first message.
  const std::list<Session*>& idle() const { return idle_; }
  void Busy(Session& session, TimePoint now);
  void Idle(Session& session);
  // The clock went back to `now`.
  void ClampTo(TimePoint now);

 private:
  using List = std::vector<Session*>;
  using Index = std::unordered_map<std::string, List>;

  static Sessions Get(const Index& index, const std::string& key);
  static void Drop(List& list, const Session* session);
  static void Drop(Index& index, const std::string& key, const Session* session);
  void Unplace(Session& session);
  void Number(Session& session, std::uint32_t number);

  std::list<std::shared_ptr<Session>> all_;
  std::list<Session*> busy_;
  std::list<Session*> idle_;
  Index of_endpoint_;
  std::vector<std::uint32_t> sessions_;  // of each endpoint, by its number; may be shorter
  Index of_ward_;
  List unknown_;
  List watchers_;
};

}  // namespace wardcast
