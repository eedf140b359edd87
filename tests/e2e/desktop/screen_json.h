// A Screen as JSON, for tests: the field names of agent/core/screen.h, enumerators as words
// ("warning", "dialog", "all_clear"). A field that is left out keeps its default; an unknown one
// throws.
#pragma once

#include <nlohmann/json.hpp>

#include "agent/core/screen.h"

namespace wardcast::agent {

Screen ScreenFromJson(const nlohmann::json& json);
// "unknown", "unlocked", "locked" or "nobody".
nlohmann::json ScreenStateToJson(ScreenState state);
nlohmann::json AnswerToJson(const PresenterEvents::Answer& answer);

}  // namespace wardcast::agent
