// The flags that describe a notice: every field of "what a good downtime notice holds".
#pragma once

#include <CLI/CLI.hpp>
#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "wardcast/v1/alert.pb.h"

namespace wardcast::cli {

// Filled by CLI11 while parsing.
struct NoticeFlags {
  std::string json_file;
  std::string kind, severity, status, phase, presentation;
  std::string headline, impact, reason, ticket, phone, phone_fallback, downtime_pc, binder, zone;
  std::vector<std::string> services, still_works, before, during, after, do_not, back_entry;
  std::string start, until, next_update;
  bool everyone = false;
  std::vector<std::string> sites, buildings, wards, dependent_services, endpoints, classes, tags;
  std::vector<std::string> except_wards, except_endpoints, except_sites;
};

// Adds the flags to `command`.
void AddNoticeFlags(CLI::App& command, NoticeFlags& flags);

// The alert that the flags describe, over what --json gave. kInvalidArgument names the flag.
Result<v1::Alert> ToAlert(const NoticeFlags& flags);

// "2026-03-01T14:30:00-07:00", or from now: "+30m", "+2h", "now".
Result<google::protobuf::Timestamp> ParseTime(const std::string& text);

}  // namespace wardcast::cli
