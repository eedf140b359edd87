// What the keys of the configuration file take, and what is said about those that are wrong.
#pragma once

#include <toml++/toml.h>

#include <chrono>
#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "base/result.h"

namespace wardcast {

// Takes the value of one key; returns what is wrong with it, or nothing.
using TakeValue = std::function<std::string(const toml::node&)>;

// The keys of one table by their dotted name.
struct ConfigKeys {
  std::map<std::string, TakeValue> values;
  // Lists of tables ([[ldap.role]]): called for each of them, returns its keys.
  std::map<std::string, std::function<ConfigKeys()>> tables = {};
  // Called when all values of a table were taken; what is wrong with them together, or nothing.
  std::function<std::string()> check = {};
};

// Targets must outlive what is returned.
TakeValue TakeText(std::string& target);
TakeValue TakePath(std::filesystem::path& target);
TakeValue TakeFlag(bool& target);
TakeValue TakeNumber(int& target, int least, int most);
TakeValue TakeSeconds(std::chrono::seconds& target, int least, int most);
// A list of texts, or a single one.
TakeValue TakeTexts(std::vector<std::string>& target);

// Takes every key of `table`, with `prefix` in front of its name. One violation for each that is
// wrong or unknown, "wardcast.toml:12".
void TakeTable(const toml::table& table, const std::string& prefix, const ConfigKeys& keys,
               const std::string& file, std::vector<FieldViolation>& violations);

}  // namespace wardcast
