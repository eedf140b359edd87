#include "server/alert/texts/filled.h"

#include <map>
#include <optional>
#include <string>

#include "server/alert/checks/blanks.h"
#include "server/alert/defaults.h"
#include "server/alert/texts/each_text.h"
#include "server/alert/texts/filling.h"
#include "server/alert/validation.h"

namespace wardcast {
namespace {

// How a text was written, by how it was stored; by the name of the text.
struct StoredText {
  std::string written;
  std::string reads;
};
using StoredTexts = std::map<std::string, StoredText>;

std::map<std::string, std::string> WrittenByField(const v1::Alert& alert) {
  std::map<std::string, std::string> written;
  for (const v1::WrittenText& text : alert.written()) written[text.field()] = text.text();
  return written;
}

StoredTexts TextsOf(const v1::Alert& stored) {
  const std::map<std::string, std::string> written = WrittenByField(stored);
  StoredTexts texts;
  v1::Alert copy = stored;
  EachText(copy, [&](const std::string& field, const std::string& text) {
    const auto own = written.find(field);
    texts[field] = {.written = own == written.end() ? text : own->second, .reads = text};
  });
  return texts;
}

// How this text of a closed alert read before; nullopt: it was written otherwise, or is new.
std::optional<std::string> AsItRead(const StoredTexts& texts, const std::string& field,
                                    const std::string& text) {
  const auto before = texts.find(field);
  if (before == texts.end() || before->second.written != text) return std::nullopt;
  return before->second.reads;
}

}  // namespace

v1::Alert Unfilled(v1::Alert alert) {
  if (alert.written().empty()) return alert;
  const std::map<std::string, std::string> written = WrittenByField(alert);
  EachText(alert, [&](const std::string& field, std::string& text) {
    if (const auto own = written.find(field); own != written.end()) text = own->second;
  });
  alert.clear_written();
  return alert;
}

v1::Alert Filled(v1::Alert alert, const Directory& directory, TimePoint now,
                 const v1::Alert* stored) {
  alert.clear_written();
  if (alert.state() == v1::State::DRAFT) return alert;
  const bool closed = alert.state() == v1::State::CLOSED;
  const StoredTexts before = closed && stored ? TextsOf(*stored) : StoredTexts();
  // Asked for only where there is a blank: it may look at the whole audience.
  std::optional<Filling> filling;
  std::size_t room = kMostGrowth;
  EachText(alert, [&](const std::string& field, std::string& text) {
    if (!HasBlank(text)) return;
    v1::WrittenText& written = *alert.add_written();
    written.set_field(field);
    written.set_text(text);
    if (auto read = AsItRead(before, field, text)) {
      text = std::move(*read);
      return;
    }
    if (!filling) {
      filling = FillingOf(alert, directory, now);
      FillOpenTimes(LanguageOf(alert, directory), *filling);
    }
    text = FillText(text, *filling, room);
  });
  if (CheckSize(alert)) alert.clear_written();
  return alert;
}

}  // namespace wardcast
