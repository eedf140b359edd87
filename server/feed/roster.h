// Which sessions there are: by endpoint id, by ward, and in the order of their last message.
#pragma once

#include <list>
#include <memory>
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
  using Sessions = std::vector<Session*>;

  void Add(std::shared_ptr<Session> session, const Directory& directory, TimePoint now);
  void Remove(Session& session);

  // Puts the session where the directory says. True: its ward, its class or whether it is known changed.
  bool Place(Session& session, const Directory& directory);

  // Watchers are in none of the three.
  const Sessions& OfEndpoint(const std::string& endpoint_id) const;
  const Sessions& OfWard(const std::string& ward_id) const;
  const Sessions& unknown() const { return unknown_; }  // endpoints that the directory does not know
  const Sessions& watchers() const { return watchers_; }

  // All, the one whose last message is oldest first.
  const std::list<std::shared_ptr<Session>>& all() const { return all_; }
  // The session gets a message now.
  void Touch(Session& session, TimePoint now);
  // The clock went back to `now`.
  void ClampTo(TimePoint now);

 private:
  void Unplace(Session& session);

  std::list<std::shared_ptr<Session>> all_;
  std::unordered_map<std::string, Sessions> of_endpoint_;
  std::unordered_map<std::string, Sessions> of_ward_;
  Sessions unknown_;
  Sessions watchers_;
};

}  // namespace wardcast
