// The flags that describe a notice: every field of "what a good downtime notice holds".
#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

#include "agent/cli/notice/times.h"
#include "base/result.h"
#include "wardcast/v1/alert.pb.h"

namespace wardcast::cli {

// Filled by CLI11 while parsing.
struct NoticeFlags {
  std::string json_file, template_id;
  std::string kind, severity, phase, presentation;
  std::string headline, impact, reason, ticket, phone, phone_fallback, downtime_pc, binder;
  std::vector<std::string> services, still_works, before, during, after, do_not, back_entry;
  std::string start, until, next_update, send_at, zone, language;
  bool first_time = false, second_time = false;
  bool everyone = false;
  std::vector<std::string> sites, buildings, wards, dependent_services, endpoints, classes, tags;
  std::vector<std::string> roles;
  std::vector<std::string> except_sites, except_buildings, except_wards, except_endpoints,
      except_classes, except_tags;
};

// Adds the flags to `command`.
void AddNoticeFlags(CLI::App& command, NoticeFlags& flags);
// Only those that say which of two equal wall times is meant.
void AddDoubledFlags(CLI::App& command, bool& first, bool& second);
Doubled DoubledOf(bool first, bool second);

// The alert that the flags describe, over `base` (a template's content) and what --json gave: what
// a flag says replaces, lists grow. kInvalidArgument names the flag.
Result<v1::Alert> ToAlert(const NoticeFlags& flags, v1::Alert base, TimePoint now);

}  // namespace wardcast::cli
