// The texts of an alert that may hold blanks. Pure.
#pragma once

#include <functional>
#include <string>

#include "wardcast/v1/alert.pb.h"

namespace wardcast {

// Hands each of them to `take`, in the order of alert.proto, with its name as `WrittenText.field`
// has it: "headline", "still_works[0]", "instructions[2]". Empty ones too.
void EachText(v1::Alert& alert,
              const std::function<void(const std::string& field, std::string& text)>& take);

// What a violation calls the text of that name: "alert.headline", "alert.instructions[2].text".
std::string PathOfText(const std::string& field);

}  // namespace wardcast
