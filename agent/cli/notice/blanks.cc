#include "agent/cli/notice/blanks.h"

#include <algorithm>
#include <array>
#include <functional>
#include <string_view>
#include <utility>

namespace wardcast::cli {
namespace {

using Named = std::array<std::pair<std::string_view, const std::string*>, 4>;

Named ByName(const Blanks& blanks) {
  return {{{"{service}", &blanks.service},
           {"{start}", &blanks.start},
           {"{end}", &blanks.end},
           {"{next}", &blanks.next}}};
}

std::string Filled(std::string_view text, const Named& named) {
  std::string filled;
  for (std::size_t at = 0; at < text.size();) {
    const auto found = std::ranges::find_if(named, [&](const auto& blank) {
      return text.substr(at).starts_with(blank.first) && !blank.second->empty();
    });
    if (found == named.end()) {
      filled += text[at++];
    } else {
      filled += *found->second;
      at += found->first.size();
    }
  }
  return filled;
}

void EachText(v1::Alert& alert, const std::function<void(std::string&)>& take) {
  take(*alert.mutable_headline());
  take(*alert.mutable_impact());
  take(*alert.mutable_reason());
  for (std::string& text : *alert.mutable_still_works()) take(text);
  for (std::string& text : *alert.mutable_back_entry()) take(text);
  for (v1::Instruction& step : *alert.mutable_instructions()) take(*step.mutable_text());
}

}  // namespace

void FillBlanks(v1::Alert& alert, const Blanks& blanks) {
  const Named named = ByName(blanks);
  EachText(alert, [&](std::string& text) { text = Filled(text, named); });
}

std::vector<std::string> OpenBlanks(const v1::Alert& alert) {
  const Blanks nothing;
  const Named named = ByName(nothing);
  std::vector<std::string> open;
  v1::Alert copy = alert;
  EachText(copy, [&](const std::string& text) {
    for (const auto& [blank, value] : named) {
      if (text.find(blank) != std::string::npos && std::ranges::find(open, blank) == open.end())
        open.emplace_back(blank);
    }
  });
  return open;
}

std::string Together(const std::vector<std::string>& names) {
  std::string text;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (i > 0) text += i + 1 == names.size() ? " and " : ", ";
    text += names[i];
  }
  return text;
}

}  // namespace wardcast::cli
