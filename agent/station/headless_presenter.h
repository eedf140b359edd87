// The presenter of a machine without a screen: one line on standard output for each change.
#pragma once

#include <cstdio>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "agent/core/screen.h"

namespace wardcast::agent {

struct HeadlessConfig {
  // Reports each notice as displayed. Off by default: nobody sees a pipe, and a ward must not count
  // as informed because a program wrote a line.
  bool displays = false;
  // For scripts and tests: press *Seen*, or answer for the ward, as soon as a notice (or a new
  // round of it) comes.
  bool auto_seen = false;
  // Says so of a screen that is not there; nullopt: says nothing. While it is covered nothing is
  // reported as displayed.
  std::optional<ScreenState> screen_state = {};
  std::optional<Response> auto_acknowledge;
};

// Threads: Show from one at a time. `events` outlives this; `out` is not closed.
class HeadlessPresenter final : public Presenter {
 public:
  HeadlessPresenter(HeadlessConfig config, PresenterEvents& events, std::FILE* out)
      : config_(config), events_(events), out_(out) {}

  void Show(std::shared_ptr<const Screen> screen) override;

 private:
  void Press(const Notice& notice);
  void Print(const std::string& line);

  const HeadlessConfig config_;
  PresenterEvents& events_;
  std::FILE* const out_;
  std::shared_ptr<const Screen> shown_;  // null: nothing yet
  std::set<std::pair<std::string, int>> displayed_;
  std::set<std::pair<std::string, int>> pressed_;
};

// `text` without control characters (C0, C1, direction overrides): whatever an alert contains, it
// stays one line and moves no cursor. Invalid UTF-8 becomes '?'.
std::string Printable(std::string_view text);

}  // namespace wardcast::agent
