#include "server/broker/ldap_keys.h"

#include <google/protobuf/repeated_field.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "server/access/roles/role_sets.h"
#include "wardcast/v1/alert.pb.h"

namespace wardcast {
namespace {

TakeValue TakeIds(google::protobuf::RepeatedPtrField<std::string>& target) {
  return [&target](const toml::node& node) -> std::string {
    std::vector<std::string> ids;
    if (std::string wrong = TakeTexts(ids)(node); !wrong.empty()) return wrong;
    target.Assign(ids.begin(), ids.end());
    return {};
  };
}

// "planned-downtime" and "PLANNED_DOWNTIME" are the same.
std::string EnumName(std::string word) {
  std::ranges::transform(word, word.begin(), [](char c) {
    return c == '-' ? '_' : c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  });
  return word;
}

// `parse`: of the enum; every value but UNSPECIFIED.
template <class Value>
bool ReadEnum(const std::string& word, bool (*parse)(const std::string&, Value*), Value& value) {
  return parse(EnumName(word), &value) && static_cast<int>(value) != 0;
}

bool ParseKind(const std::string& name, v1::Kind::Value* value) {
  return v1::Kind::Value_Parse(name, value);
}
bool ParseSeverity(const std::string& name, v1::Severity::Value* value) {
  return v1::Severity::Value_Parse(name, value);
}
bool ParsePresentation(const std::string& name, v1::Presentation::Value* value) {
  return v1::Presentation::Value_Parse(name, value);
}

TakeValue TakeKinds(v1::Scope& scope) {
  return [&scope](const toml::node& node) -> std::string {
    std::vector<std::string> words;
    if (std::string wrong = TakeTexts(words)(node); !wrong.empty()) return wrong;
    for (const std::string& word : words) {
      v1::Kind::Value kind = v1::Kind::UNSPECIFIED;
      if (!ReadEnum(word, ParseKind, kind)) return "names no kind of notice: outage, planned, …";
      scope.add_kinds(kind);
    }
    return {};
  };
}

TakeValue TakeSeverity(v1::Scope& scope) {
  return [&scope](const toml::node& node) -> std::string {
    v1::Severity::Value severity = v1::Severity::UNSPECIFIED;
    if (!ReadEnum(node.value_or<std::string>(""), ParseSeverity, severity))
      return "must be one of: minor, moderate, severe, extreme";
    scope.set_max_severity(severity);
    return {};
  };
}

TakeValue TakePresentation(v1::Scope& scope) {
  return [&scope](const toml::node& node) -> std::string {
    v1::Presentation::Value presentation = v1::Presentation::UNSPECIFIED;
    if (!ReadEnum(node.value_or<std::string>(""), ParsePresentation, presentation))
      return "must be the name of a presentation: dialog, takeover, …";
    scope.set_max_presentation(presentation);
    return {};
  };
}

TakeValue TakeMostEndpoints(v1::Scope& scope) {
  return [&scope](const toml::node& node) -> std::string {
    int most = 0;
    if (std::string wrong = TakeNumber(most, 1, 1'000'000)(node); !wrong.empty()) return wrong;
    scope.set_max_endpoints(most);
    return {};
  };
}

TakeValue TakeRole(v1::Assignment& assignment) {
  return [&assignment](const toml::node& node) -> std::string {
    return TakeText(*assignment.mutable_role())(node);
  };
}

// Of one [[ldap.role]], which is the newest one of `config`. Its fields are those of an account's
// assignment.
ConfigKeys RoleKeys(LdapConfig& config) {
  GroupRole& role = config.roles.emplace_back();
  v1::Scope& scope = *role.assignment.mutable_scope();
  ConfigKeys keys{.values = {
                      {"ldap.role.group", TakeText(role.group)},
                      {"ldap.role.role", TakeRole(role.assignment)},
                      {"ldap.role.sites", TakeIds(*scope.mutable_sites())},
                      {"ldap.role.buildings", TakeIds(*scope.mutable_buildings())},
                      {"ldap.role.wards", TakeIds(*scope.mutable_wards())},
                      {"ldap.role.teams", TakeIds(*scope.mutable_teams())},
                      {"ldap.role.services", TakeIds(*scope.mutable_services())},
                      {"ldap.role.kinds", TakeKinds(scope)},
                      {"ldap.role.max_severity", TakeSeverity(scope)},
                      {"ldap.role.max_presentation", TakePresentation(scope)},
                      {"ldap.role.max_endpoints", TakeMostEndpoints(scope)},
                  }};
  keys.check = [&role]() -> std::string {
    if (role.group.empty()) return "group is missing";
    const auto grants = ExpandAssignment(role.assignment, "role");
    return grants ? std::string() : grants.error().message;
  };
  return keys;
}

}  // namespace

void AddLdapKeys(LdapConfig& config, ConfigKeys& keys) {
  keys.values.insert({
      {"ldap.url", TakeTexts(config.urls)},
      {"ldap.start_tls", TakeFlag(config.start_tls)},
      {"ldap.ca", TakePath(config.ca)},
      {"ldap.bind_dn", TakeText(config.bind_dn)},
      {"ldap.bind_password_file", TakePath(config.bind_password_file)},
      {"ldap.base", TakeText(config.base)},
      {"ldap.user_filter", TakeText(config.user_filter)},
      {"ldap.display_name_attribute", TakeText(config.display_name_attribute)},
      {"ldap.group_attribute", TakeText(config.group_attribute)},
      {"ldap.group_base", TakeText(config.group_base)},
      {"ldap.group_filter", TakeText(config.group_filter)},
      {"ldap.connect_timeout_s", TakeSeconds(config.connect_timeout, 1, 60)},
      {"ldap.answer_timeout_s", TakeSeconds(config.answer_timeout, 1, 60)},
      {"ldap.look_again_s", TakeSeconds(config.look_again, 1, 86'400)},
  });
  keys.tables.insert({"ldap.role", [&config] { return RoleKeys(config); }});
}

}  // namespace wardcast
