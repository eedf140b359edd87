// The directory in the store: each item a row.
#include "base/bytes.h"
#include "server/store/alert_row.h"
#include "server/store/sql/json_rows.h"
#include "server/store/sql_store.h"
#include "server/store/transaction.h"

namespace wardcast {
namespace {

// Calls `visit(name, list)` for each list of the content, in the order in which they refer to each
// other.
template <class Content, class Visit>
void ForEachList(Content& content, const Visit& visit) {
  visit("site", content.sites);
  visit("building", content.buildings);
  visit("ward", content.wards);
  visit("endpoint", content.endpoints);
  visit("placement", content.placement);
  visit("person", content.people);
  visit("team", content.teams);
  visit("service", content.services);
  visit("procedure", content.procedures);
  visit("template", content.templates);
}

}  // namespace

Result<Sequence> SqlStore::ReplaceDirectory(const DirectoryContent& content,
                                            std::optional<Sequence> expected, TimePoint now) {
  using enum JsonColumn::Type;
  JsonRows items;
  bool plain = true;
  ForEachList(content, [&](const char* kind, const auto& list) {
    for (const auto& item : list) {
      plain = plain && IsPlainText(item.id());
      items.Row()
          .Text("kind", kind)
          .Text("id", item.id())
          .Text("body", ToBase64(item.SerializeAsString()));
    }
  });
  if (!plain)
    return Fail(Code::kInvalidArgument, "directory: an id has a zero byte or is not UTF-8");
  const std::string rows = items.Take();
  return Write([&](Connection& connection) -> Result<Sequence> {
    // Imports take turns, also those of two brokers.
    const Sequence current = std::stoll(std::get<0>(
        connection
            .Read<std::string>("SELECT value FROM meta WHERE name = 'directory_sequence'" +
                               ForUpdate(connection.dialect()))
            .at(0)));
    if (expected && *expected != current) {
      return Fail(Code::kAborted, "the directory was changed meanwhile, by entry " +
                                      std::to_string(current) + "; read it again");
    }
    connection.Execute("DELETE FROM directory_item");
    connection.Execute(
        "INSERT INTO directory_item (kind, id, body) SELECT kind, id, body FROM " +
            RowsOf(connection.dialect(), {{"kind", kText}, {"id", kText}, {"body", kText}}),
        rows);
    KeepMembership(connection, now);
    LogEntry entry{.sequence = 0,
                   .kind = EntryKind::kDirectory,
                   .alert_id = "",
                   .tag = RandomHex(8),
                   .at = now};
    entry.sequence = NextSequence(connection, entry.tag);
    connection.Execute("UPDATE meta SET value = :sequence WHERE name = 'directory_sequence'",
                       std::to_string(entry.sequence));
    AppendEntry(connection, entry);
    return entry.sequence;
  });
}

Result<std::pair<DirectoryContent, Sequence>> SqlStore::LoadDirectory() {
  return ReadSnapshot([](Connection& connection) -> Result<std::pair<DirectoryContent, Sequence>> {
    std::pair<DirectoryContent, Sequence> loaded;
    auto& [content, sequence] = loaded;
    sequence = std::stoll(std::get<0>(
        connection.Read<std::string>("SELECT value FROM meta WHERE name = 'directory_sequence'")
            .at(0)));
    Result<void> outcome;
    ForEachList(content, [&]<class Item>(const std::string& kind, std::vector<Item>& list) {
      for (const auto& [body] : connection.Read<std::string>(
               "SELECT body FROM directory_item WHERE kind = :kind ORDER BY id", kind)) {
        auto item = DecodeMessage<Item>(body);
        if (!item) {
          outcome = std::unexpected(item.error());
          return;
        }
        list.push_back(std::move(*item));
      }
    });
    if (!outcome) return std::unexpected(outcome.error());
    return loaded;
  });
}

}  // namespace wardcast
