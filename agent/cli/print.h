// What goes to the terminal: tables that line up in any script, JSON for scripts, and no control
// character from outside.
#pragma once

#include <google/protobuf/message.h>
#include <google/protobuf/timestamp.pb.h>

#include <string>
#include <string_view>
#include <vector>

#include "wardcast/v1/alert.pb.h"
#include "wardcast/v1/progress.pb.h"
#include "wardcast/v1/time.pb.h"

namespace wardcast::cli {

// `text` as one line without control characters (also those of C1 and bidirectional overrides).
std::string Printable(std::string_view text);

// Columns are padded by display width (CJK counts two, combining marks none); the last one is not
// padded.
void PrintTable(const std::vector<std::string>& header,
                const std::vector<std::vector<std::string>>& rows);

// Proto3 JSON, indented, or on one line.
void PrintJson(const google::protobuf::Message& message, bool one_line = false);

std::string KindWord(v1::Kind::Value kind);              // "outage"
std::string SeverityWord(v1::Severity::Value severity);  // "WARNING"
std::string StateWord(const v1::Alert& alert);           // "active", "ended"
std::string TimeText(const v1::ZonedTime& time);         // "2026-03-01 07:07 MST"; "" if absent
std::string TimeText(const google::protobuf::Timestamp& time);

// One alert in full, for `show`.
void PrintAlert(const v1::Alert& alert);
// Reach and answers, ward by ward, for `progress` and `show`.
void PrintProgress(const v1::AlertProgress& progress);
// "31 of 31 wards acknowledged · 400 of 412 PCs displayed · 12 PCs not reached".
std::string ProgressLine(const v1::AlertProgress& progress);

}  // namespace wardcast::cli
