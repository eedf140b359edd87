#include "server/alert/texts/each_text.h"

namespace wardcast {
namespace {

std::string ItemName(const char* list, int index) {
  return std::string(list) + "[" + std::to_string(index) + "]";
}

}  // namespace

void EachText(v1::Alert& alert,
              const std::function<void(const std::string& field, std::string& text)>& take) {
  take("headline", *alert.mutable_headline());
  take("impact", *alert.mutable_impact());
  for (int i = 0; i < alert.still_works_size(); ++i)
    take(ItemName("still_works", i), *alert.mutable_still_works(i));
  for (int i = 0; i < alert.instructions_size(); ++i)
    take(ItemName("instructions", i), *alert.mutable_instructions(i)->mutable_text());
  take("reason", *alert.mutable_reason());
  for (int i = 0; i < alert.back_entry_size(); ++i)
    take(ItemName("back_entry", i), *alert.mutable_back_entry(i));
}

std::string PathOfText(const std::string& field) {
  return "alert." + field + (field.starts_with("instructions[") ? ".text" : "");
}

}  // namespace wardcast
