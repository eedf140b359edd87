// Whether somebody can see this session's screen, from what its screen savers and the keeper of
// sessions say. Pure. Threads: one.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "agent/core/screen_state.h"

namespace wardcast::agent {

class ScreenJudge {
 public:
  // A screen saver (or lock screen) is there, and covers the screen or not.
  void SaverSays(const std::string& name, bool covers);
  // It is there no more.
  void SaverGone(const std::string& name);

  // What the keeper of sessions says of the session.
  struct Session {
    // The desktop has said that it is locked. Not every desktop says so: false proves nothing.
    bool locked_hint = false;
    bool active = true;    // it has the screen
    bool greeter = false;  // it is the one in which people sign in
  };
  void SessionSays(const Session& session);

  // kUnknown: nobody has spoken who would know of a lock.
  ScreenState state() const;

 private:
  bool Covered() const;

  std::map<std::string, bool> savers_;
  std::optional<Session> session_;
  bool was_covered_ = false;  // so whoever said it can tell
};

}  // namespace wardcast::agent
