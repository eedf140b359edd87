#include "server/directory/files/catalogue_json.h"

#include <google/protobuf/util/json_util.h>

#include <algorithm>
#include <initializer_list>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <utility>

#include "server/directory/files/csv.h"
#include "server/directory/files/sheet.h"
#include "server/directory/utf8.h"
#include "wardcast/v1/alert.pb.h"

namespace wardcast {
namespace {

using Json = nlohmann::ordered_json;

constexpr int kDeepest = 32;
constexpr std::size_t kMostItems = 5'000;
constexpr std::size_t kMostSteps = 100;
// An alert has at most 16 KiB; its JSON may take some more.
constexpr std::size_t kMostAlertBytes = std::size_t{32} << 10;

int LineAt(std::string_view text, std::size_t byte) {
  return 1 + static_cast<int>(std::ranges::count(text.substr(0, byte), '\n'));
}

// Where brackets are nested more deeply than anything of ours; writing such a value would recurse.
std::optional<std::size_t> TooDeep(std::string_view text) {
  int depth = 0;
  bool in_string = false;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    if (in_string) {
      if (c == '\\') ++at;
      in_string = c != '"';
    } else if (c == '"') {
      in_string = true;
    } else if (c == '[' || c == '{') {
      if (++depth > kDeepest) return at;
    } else if (c == ']' || c == '}') {
      --depth;
    }
  }
  return std::nullopt;
}

// The list in `text`; nullopt: noted.
std::optional<Json> ParseList(const char* file, std::string_view text, Findings& findings) {
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  if (const auto bad = FirstInvalidUtf8(text)) {
    findings.Add(LinePlace(file, LineAt(text, *bad)), "is not UTF-8");
    return std::nullopt;
  }
  if (const auto deep = TooDeep(text)) {
    findings.Add(LinePlace(file, LineAt(text, *deep)),
                 "is nested more than " + std::to_string(kDeepest) + " levels deep");
    return std::nullopt;
  }
  try {
    Json list = Json::parse(text);
    if (list.is_array() && list.size() <= kMostItems) return list;
    findings.Add(file, list.is_array() ? "has more than " + std::to_string(kMostItems) + " items"
                                       : std::string("must be a list: [ {…}, {…} ]"));
  } catch (const Json::parse_error& error) {
    findings.Add(LinePlace(file, LineAt(text, std::min(error.byte, text.size()))),
                 "is not JSON: look for a missing comma, quote or bracket here or just before");
  } catch (const Json::exception&) {
    findings.Add(file, "is not JSON: a number is out of range");
  }
  return std::nullopt;
}

// The beginning of `text`, never half a character.
std::string Beginning(std::string_view text, std::size_t most) {
  std::string beginning(text.substr(0, most));
  while (FirstInvalidUtf8(beginning)) beginning.pop_back();
  return beginning;
}

// One object of the list; every reader notes what is wrong.
class Item {
 public:
  Item(const Json& value, std::string place, Findings& findings)
      : value_(value), place_(std::move(place)), findings_(findings) {}

  // Notes what is no object, and keys that are not `known`.
  bool IsObject(std::initializer_list<std::string_view> known) {
    if (!value_.is_object()) {
      findings_.Add(place_, "must be an object: {…}");
      return false;
    }
    for (const auto& [key, unused] : value_.items()) {
      if (std::ranges::find(known, key) == known.end()) Fault(Beginning(key, 40), "unknown key");
    }
    return true;
  }

  std::string Text(const char* key, Need need, std::size_t most) {
    const auto found = value_.find(key);
    if (found == value_.end()) {
      if (need != Need::kNothing) Fault(key, "is missing");
      return {};
    }
    return Line(*found, key, need, most);
  }

  std::vector<std::string> Lines(const char* key, std::size_t most) {
    const auto found = value_.find(key);
    if (found == value_.end() || !found->is_array() || found->empty() ||
        found->size() > kMostSteps) {
      Fault(key, "must be a list of 1 to " + std::to_string(kMostSteps) + " texts");
      return {};
    }
    std::vector<std::string> lines;
    for (const Json& line : *found) lines.push_back(Line(line, key, Need::kCell, most));
    return lines;
  }

  int Number(const char* key) {
    const auto found = value_.find(key);
    if (found == value_.end()) return 0;
    if (found->is_number_integer() && *found >= 0 && *found <= 1'000'000) return found->get<int>();
    Fault(key, "must be a whole number from 0 to 1000000");
    return 0;
  }

  // The object at `key`, or nullptr.
  const Json* Object(const char* key) {
    const auto found = value_.find(key);
    if (found != value_.end() && found->is_object()) return &*found;
    Fault(key, "must be an object: {…}");
    return nullptr;
  }

  void Fault(const std::string& key, const std::string& description) {
    findings_.Add(place_, key, description);
  }

 private:
  std::string Line(const Json& value, const char* key, Need need, std::size_t most) {
    if (!value.is_string()) {
      Fault(key, "must be a text in double quotes");
      return {};
    }
    const auto& text = value.get_ref<const std::string&>();
    if (text.empty() && need == Need::kCell) Fault(key, "is empty");
    if (HasControlCharacter(text)) Fault(key, "has a line break or another control character");
    if (CodePoints(text) > most)
      Fault(key, "has more than " + std::to_string(most) + " characters");
    return text;
  }

  const Json& value_;
  const std::string place_;
  Findings& findings_;
};

// Reads each of `values` by `read(item, message)`; value i is at "PLACE[i]".
template <class T, class Read>
Loaded<T> ReadItems(const char* file, const std::string& place, const Json& values,
                    Findings& findings, Read read) {
  Loaded<T> list{.file = file, .items = {}};
  for (std::size_t i = 0; i < values.size(); ++i) {
    list.places.push_back(place + "[" + std::to_string(i) + "]");
    Item item(values[i], list.places.back(), findings);
    read(item, list.items.emplace_back());
  }
  NoteDuplicates(list, "id", findings);
  return list;
}

template <class T, class Read>
Loaded<T> ReadFileItems(const char* file, std::string_view text, Findings& findings, Read read) {
  const std::optional<Json> parsed = ParseList(file, text, findings);
  return ReadItems<T>(file, file, parsed ? *parsed : Json::array(), findings, read);
}

std::string ReadId(Item& item, const char* key) {
  std::string id = item.Text(key, Need::kColumn, 1'000);
  if (const std::string fault = IdFault(id, IdForm::kPlain); !fault.empty()) item.Fault(key, fault);
  return id;
}

// ISO 8601, "2026-02-14".
bool IsDate(std::string_view text) {
  const auto digits = [&](std::size_t from, std::size_t count) {
    return std::ranges::all_of(text.substr(from, count),
                               [](char c) { return c >= '0' && c <= '9'; });
  };
  return text.size() == 10 && digits(0, 4) && text[4] == '-' && digits(5, 2) && text[7] == '-' &&
         digits(8, 2) && text.substr(5, 2) >= "01" && text.substr(5, 2) <= "12" &&
         text.substr(8) >= "01" && text.substr(8) <= "31";
}

void ReadProcedure(Item& item, v1::Procedure& procedure) {
  if (!item.IsObject({"id", "serviceId", "title", "steps", "approvedBy", "approvedOn", "reviewOn"}))
    return;
  procedure.set_id(ReadId(item, "id"));
  procedure.set_service_id(ReadId(item, "serviceId"));
  procedure.set_title(item.Text("title", Need::kCell, 120));
  for (std::string& step : item.Lines("steps", 500)) procedure.add_steps(std::move(step));
  procedure.set_approved_by(item.Text("approvedBy", Need::kNothing, 120));
  const auto date = [&item](const char* key) {
    std::string text = item.Text(key, Need::kNothing, 10);
    if (!text.empty() && !IsDate(text)) item.Fault(key, "is no date: write it like 2026-02-14");
    return text;
  };
  procedure.set_approved_on(date("approvedOn"));
  procedure.set_review_on(date("reviewOn"));
  if (procedure.approved_by().empty() != procedure.approved_on().empty())
    item.Fault("approvedOn", "give both approvedBy and approvedOn, or neither (a sample)");
  if (!procedure.review_on().empty() && procedure.review_on() < procedure.approved_on())
    item.Fault("reviewOn", "is before approvedOn");
  if (!procedure.review_on().empty() && procedure.approved_on().empty())
    item.Fault("reviewOn", "a sample is not reviewed: give approvedBy and approvedOn too");
}

void ReadTemplate(Item& item, v1::Template& one) {
  if (!item.IsObject({"id", "title", "hint", "order", "alert"})) return;
  one.set_id(ReadId(item, "id"));
  one.set_title(item.Text("title", Need::kCell, 60));
  one.set_hint(item.Text("hint", Need::kNothing, 200));
  one.set_order(item.Number("order"));
  const Json* alert_json = item.Object("alert");
  if (!alert_json) return;
  one.set_alert_json(alert_json->dump());
  if (one.alert_json().size() > kMostAlertBytes) {
    item.Fault("alert", "has more than " + std::to_string(kMostAlertBytes) + " bytes");
    return;
  }
  v1::Alert alert;
  const auto parsed = google::protobuf::util::JsonStringToMessage(one.alert_json(), &alert);
  if (!parsed.ok()) {
    std::string why(parsed.message().data(), parsed.message().size());
    std::ranges::replace_if(why, [](unsigned char c) { return c < 0x20; }, ' ');
    item.Fault("alert", "is no alert: " + Beginning(why, 300));
    return;
  }
  if (alert.kind() == v1::Kind::UNSPECIFIED) item.Fault("alert", "kind is missing");
  if (alert.headline().empty()) item.Fault("alert", "headline is missing");
}

// What is written where an alert is given as text: anything that is no object is a fault there.
Json AlertValue(const std::string& text) {
  if (FirstInvalidUtf8(text) || TooDeep(text)) return nullptr;
  try {
    return Json::parse(text);
  } catch (const Json::exception&) {
    return nullptr;
  }
}

}  // namespace

Loaded<v1::Procedure> ReadProcedures(std::string_view text, Findings& findings) {
  return ReadFileItems<v1::Procedure>("procedures.json", text, findings, ReadProcedure);
}

Loaded<v1::Template> ReadTemplates(std::string_view text, Findings& findings) {
  return ReadFileItems<v1::Template>("templates.json", text, findings, ReadTemplate);
}

Loaded<v1::Procedure> CheckProcedures(const std::vector<v1::Procedure>& procedures,
                                      Findings& findings) {
  Json values = Json::array();
  for (const v1::Procedure& procedure : procedures) {
    values.push_back({{"id", procedure.id()},
                      {"serviceId", procedure.service_id()},
                      {"title", procedure.title()},
                      {"steps", procedure.steps()},
                      {"approvedBy", procedure.approved_by()},
                      {"approvedOn", procedure.approved_on()},
                      {"reviewOn", procedure.review_on()}});
  }
  return ReadItems<v1::Procedure>("procedures.json", "procedures", values, findings, ReadProcedure);
}

Loaded<v1::Template> CheckTemplates(const std::vector<v1::Template>& templates,
                                    Findings& findings) {
  Json values = Json::array();
  for (const v1::Template& one : templates) {
    values.push_back({{"id", one.id()},
                      {"title", one.title()},
                      {"hint", one.hint()},
                      {"order", one.order()},
                      {"alert", AlertValue(one.alert_json())}});
  }
  return ReadItems<v1::Template>("templates.json", "templates", values, findings, ReadTemplate);
}

}  // namespace wardcast
