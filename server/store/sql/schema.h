// The tables, one numbered step after the other. A step that was released is never edited.
#pragma once

#include <span>

namespace wardcast {

// The newest schema that this binary knows.
inline constexpr int kSchemaVersion = 8;

// What makes schema `version` out of the one before it. `{text}` in a statement is the type of a
// column of text that is compared byte by byte (TextColumn in dialect.h).
struct SchemaStep {
  int version;
  std::span<const char* const> statements;
};

// By version: 1, 2, …, kSchemaVersion.
std::span<const SchemaStep> SchemaSteps();

}  // namespace wardcast
