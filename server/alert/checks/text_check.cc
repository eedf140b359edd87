#include "server/alert/checks/text_check.h"

#include "server/directory/utf8.h"

namespace wardcast {

void CheckText(const std::string& path, std::string_view text, std::size_t most,
               std::vector<FieldViolation>& violations) {
  if (FirstInvalidUtf8(text)) {
    violations.push_back({path, "is not UTF-8"});
    return;
  }
  if (HasControlCharacter(text)) {
    violations.push_back({path, "has a line break or another control character: write one line"});
  }
  if (const std::size_t count = CodePoints(text); count > most) {
    violations.push_back({path, "has " + std::to_string(count) + " characters, at most " +
                                    std::to_string(most) + " fit"});
  }
}

}  // namespace wardcast
