// A small hospital and a notice for it, for tests of the rules.
#pragma once

#include <google/protobuf/util/json_util.h>
#include <gtest/gtest.h>

#include <string>

#include "base/proto_time.h"
#include "server/directory/directory.h"
#include "tests/unit/server/directory/hospital.h"
#include "wardcast/v1/alert.pb.h"

namespace wardcast {

inline TimePoint At(const std::string& text) { return *FromRfc3339(text); }

inline const Directory& Hospital() {
  static const Directory kDirectory(Import(SmallHospital())->content, 1);
  return kDirectory;
}

template <class Message>
Message FromJson(const std::string& json) {
  Message message;
  const auto parsed = google::protobuf::util::JsonStringToMessage(json, &message);
  EXPECT_TRUE(parsed.ok()) << std::string(parsed.message().data(), parsed.message().size());
  return message;
}

// The example of docs/protocol.md.
inline v1::Alert LabOutage() {
  return FromJson<v1::Alert>(R"({"kind":"OUTAGE","severity":"SEVERE",
      "headline":"Lab results not reaching the EHR","services":["lab-results"],
      "audience":{"sites":["main"]}})");
}

}  // namespace wardcast
