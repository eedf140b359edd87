#include "server/broker/config_keys.h"

#include <cstdint>
#include <string_view>

namespace wardcast {
namespace {

std::string Line(const std::string& file, const toml::source_region& where) {
  return file + ":" + std::to_string(where.begin.line);
}

bool IsInside(const std::string& key, const std::string& table) {
  return key.starts_with(table + ".");
}

// Some key lies in the table of this name.
bool HasTable(const ConfigKeys& keys, const std::string& name) {
  const auto value = keys.values.lower_bound(name + ".");
  const auto list = keys.tables.lower_bound(name + ".");
  return (value != keys.values.end() && IsInside(value->first, name)) ||
         (list != keys.tables.end() && IsInside(list->first, name));
}

void TakeTables(const toml::node& node, const std::string& name,
                const std::function<ConfigKeys()>& keys_of, const std::string& file,
                std::vector<FieldViolation>& violations) {
  const toml::array* list = node.as_array();
  if (list == nullptr || !list->is_homogeneous(toml::node_type::table)) {
    violations.push_back(
        {Line(file, node.source()), name + " must be written as [[" + name + "]]"});
    return;
  }
  for (const toml::node& one : *list) {
    const ConfigKeys keys = keys_of();
    const std::size_t before = violations.size();
    TakeTable(*one.as_table(), name + ".", keys, file, violations);
    if (violations.size() > before || !keys.check) continue;
    if (std::string wrong = keys.check(); !wrong.empty())
      violations.push_back({Line(file, one.source()), name + ": " + wrong});
  }
}

}  // namespace

TakeValue TakeText(std::string& target) {
  return [&target](const toml::node& node) -> std::string {
    const auto value = node.value<std::string>();
    if (!value) return "must be a text in quotes";
    target = *value;
    return {};
  };
}

TakeValue TakePath(std::filesystem::path& target) {
  return [&target](const toml::node& node) -> std::string {
    const auto value = node.value<std::string>();
    if (!value || value->empty()) return "must be a path in quotes";
    target = *value;
    return {};
  };
}

TakeValue TakeFlag(bool& target) {
  return [&target](const toml::node& node) -> std::string {
    const auto value = node.value_exact<bool>();
    if (!value) return "must be true or false";
    target = *value;
    return {};
  };
}

TakeValue TakeNumber(int& target, int least, int most) {
  return [&target, least, most](const toml::node& node) -> std::string {
    const auto value = node.value_exact<std::int64_t>();
    if (!value || *value < least || *value > most) {
      return "must be a whole number from " + std::to_string(least) + " to " + std::to_string(most);
    }
    target = static_cast<int>(*value);
    return {};
  };
}

TakeValue TakeSeconds(std::chrono::seconds& target, int least, int most) {
  return [&target, least, most](const toml::node& node) -> std::string {
    int seconds = 0;
    if (std::string wrong = TakeNumber(seconds, least, most)(node); !wrong.empty()) return wrong;
    target = std::chrono::seconds(seconds);
    return {};
  };
}

TakeValue TakeTexts(std::vector<std::string>& target) {
  return [&target](const toml::node& node) -> std::string {
    constexpr const char* kWrong = "must be a text in quotes, or a list of them";
    if (const auto one = node.value_exact<std::string>()) {
      target = {*one};
      return {};
    }
    const toml::array* list = node.as_array();
    if (list == nullptr) return kWrong;
    target.clear();
    for (const toml::node& each : *list) {
      const auto text = each.value_exact<std::string>();
      if (!text) return kWrong;
      target.push_back(*text);
    }
    return {};
  };
}

void TakeTable(const toml::table& table, const std::string& prefix, const ConfigKeys& keys,
               const std::string& file, std::vector<FieldViolation>& violations) {
  for (const auto& [key, node] : table) {
    const std::string name = prefix + std::string(key.str());
    const std::string place = Line(file, key.source());
    if (const auto found = keys.values.find(name); found != keys.values.end()) {
      if (std::string wrong = found->second(node); !wrong.empty())
        violations.push_back({place, name + " " + wrong});
      continue;
    }
    if (const auto list = keys.tables.find(name); list != keys.tables.end()) {
      TakeTables(node, name, list->second, file, violations);
      continue;
    }
    if (node.is_table() && HasTable(keys, name)) {
      TakeTable(*node.as_table(), name + ".", keys, file, violations);
      continue;
    }
    std::string known;
    for (const auto& [candidate, take] : keys.values)
      known += (known.empty() ? "" : ", ") + candidate;
    for (const auto& [candidate, take] : keys.tables)
      known += (known.empty() ? "[[" : ", [[") + candidate + "]]";
    violations.push_back({place, "unknown key " + name + "; known are " + known});
  }
}

}  // namespace wardcast
