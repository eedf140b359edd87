// Asks the broker and prints its answer: JSON, or a table.
#pragma once

#include <cstdio>
#include <string>
#include <vector>

#include "agent/cli/print.h"
#include "agent/cli/session.h"

namespace wardcast::cli {

using Rows = std::vector<std::vector<std::string>>;

// "a, b".
template <class Field>
std::string ListText(const Field& items) {
  std::string text;
  for (const std::string& item : items) text += (text.empty() ? "" : ", ") + item;
  return text;
}

// `ask(context, response)` calls the broker, `rows_of(response)` makes the table. The exit code.
template <class Response, class Ask, class RowsOf>
int PrintAnswer(Session& session, const std::vector<std::string>& header, Ask ask, RowsOf rows_of) {
  Response response;
  if (!session.Call([&](auto* context) { return ask(context, &response); }))
    return session.exit_code();
  if (session.json()) {
    PrintJson(response);
    return kOk;
  }
  const Rows rows = rows_of(response);
  if (rows.empty()) {
    std::printf("None.\n");
    return kOk;
  }
  PrintTable(header, rows);
  return kOk;
}

}  // namespace wardcast::cli
