// The files of deploy/catalogue as they were when the program was built.
#pragma once

#include <string_view>

namespace wardcast {

// Made by CMake from files.cc.in.
extern const std::string_view kShippedTeams;
extern const std::string_view kShippedServices;
extern const std::string_view kShippedProcedures;
extern const std::string_view kShippedTemplates;

}  // namespace wardcast
