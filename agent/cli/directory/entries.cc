#include "agent/cli/directory/entries.h"

#include <google/protobuf/util/json_util.h>

#include <algorithm>
#include <cctype>
#include <charconv>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "agent/cli/directory/import_counts.h"
#include "agent/cli/print.h"
#include "base/file.h"
#include "wardcast/v1/catalogue_service.grpc.pb.h"
#include "wardcast/v1/directory_service.grpc.pb.h"

namespace wardcast::cli {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

struct SetFlags {
  std::string id;
  std::string json_file;
  std::map<std::string, std::vector<std::string>> values;  // by field
  bool dry_run = false;
};

struct RemoveFlags {
  std::vector<std::string> ids;
  bool dry_run = false;
};

const FieldDescriptor& FieldOf(const Message& message, const std::string& name) {
  return *message.GetDescriptor()->FindFieldByName(name);
}

Result<void> SetNumber(Message& entry, const FieldDescriptor& field, const std::string& text) {
  std::int32_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size())
    return Fail(Code::kInvalidArgument, "must be a whole number");
  entry.GetReflection()->SetInt32(&entry, &field, number);
  return {};
}

Result<void> SetWord(Message& entry, const FieldDescriptor& field, std::string word) {
  std::ranges::transform(word, word.begin(), [](unsigned char c) { return std::toupper(c); });
  const auto* value = field.enum_type()->FindValueByName(word.empty() ? "UNSPECIFIED" : word);
  if (value == nullptr) return Fail(Code::kInvalidArgument, "is not one of the words");
  entry.GetReflection()->SetEnum(&entry, &field, value);
  return {};
}

// What was written replaces what is there; one empty text takes it out.
Result<void> SetField(Message& entry, const std::string& name,
                      const std::vector<std::string>& values) {
  const FieldDescriptor& field = FieldOf(entry, name);
  const google::protobuf::Reflection& reflection = *entry.GetReflection();
  if (field.is_repeated()) {
    reflection.ClearField(&entry, &field);
    if (values.size() == 1 && values.front().empty()) return {};
    for (const std::string& value : values) reflection.AddString(&entry, &field, value);
    return {};
  }
  const std::string& value = values.back();
  if (field.cpp_type() == FieldDescriptor::CPPTYPE_INT32) return SetNumber(entry, field, value);
  if (field.cpp_type() == FieldDescriptor::CPPTYPE_ENUM) return SetWord(entry, field, value);
  reflection.SetString(&entry, &field, value);
  return {};
}

// The entry with that id in a list answer; nullptr: there is none.
const Message* FindEntry(const Message& answer, const EntryKind& kind, const std::string& id) {
  const FieldDescriptor& list = FieldOf(answer, kind.field);
  const google::protobuf::Reflection& reflection = *answer.GetReflection();
  for (int i = 0; i < reflection.FieldSize(answer, &list); ++i) {
    const Message* entry = &reflection.GetRepeatedMessage(answer, &list, i);
    // Endpoints come with their presence around them.
    if (entry->GetDescriptor() != kind.prototype->GetDescriptor())
      entry = &entry->GetReflection()->GetMessage(*entry, &FieldOf(*entry, kind.command));
    if (entry->GetReflection()->GetString(*entry, &FieldOf(*entry, "id")) == id) return entry;
  }
  return nullptr;
}

int SayFault(const std::string& message) {
  std::fprintf(stderr, "wardcast: %s\n", Printable(message).c_str());
  return kUsage;
}

// Puts JSON and flags over `entry`.
Result<void> Write(const EntryKind& kind, const SetFlags& flags, Message& entry) {
  if (!flags.json_file.empty()) {
    auto text = ReadFile(flags.json_file, 1u << 20);
    if (!text) return std::unexpected(text.error());
    std::unique_ptr<Message> written(kind.prototype->New());
    const auto status = google::protobuf::util::JsonStringToMessage(*text, written.get());
    if (!status.ok())
      return Fail(Code::kInvalidArgument, "--json: " + std::string(status.message()));
    // The file says the whole entry.
    entry.CopyFrom(*written);
  }
  for (const EntryFlag& flag : kind.flags) {
    const auto found = flags.values.find(flag.field);
    if (found == flags.values.end() || found->second.empty()) continue;
    if (auto set = SetField(entry, flag.field, found->second); !set)
      return Fail(Code::kInvalidArgument, std::string(flag.flag) + " " + set.error().message);
  }
  entry.GetReflection()->SetString(&entry, &FieldOf(entry, "id"), flags.id);
  // Whoever is listed is not placed by a rule.
  if (const auto* by_rule = entry.GetDescriptor()->FindFieldByName("by_rule"))
    entry.GetReflection()->ClearField(&entry, by_rule);
  return {};
}

int Upsert(Session& session, const EntryKind& kind, const Message& entry, bool dry_run) {
  const auto add = [&](Message& request) {
    const FieldDescriptor& list = FieldOf(request, kind.field);
    request.GetReflection()->AddMessage(&request, &list)->CopyFrom(entry);
  };
  if (kind.catalogue) {
    v1::UpsertCatalogueRequest request;
    add(request);
    request.set_dry_run(dry_run);
    v1::UpsertCatalogueResponse response;
    auto stub = v1::CatalogueService::NewStub(session.channel());
    if (!session.Call(
            [&](auto* context) { return stub->UpsertCatalogue(context, request, &response); })) {
      return session.exit_code();
    }
    return PrintCounts(session, response, response.counts(), dry_run);
  }
  v1::UpsertDirectoryRequest request;
  add(request);
  request.set_dry_run(dry_run);
  v1::UpsertDirectoryResponse response;
  auto stub = v1::DirectoryService::NewStub(session.channel());
  if (!session.Call(
          [&](auto* context) { return stub->UpsertDirectory(context, request, &response); })) {
    return session.exit_code();
  }
  return PrintCounts(session, response, response.counts(), dry_run);
}

int Set(Session& session, const EntryKind& kind, const SetFlags& flags) {
  std::unique_ptr<Message> entry(kind.prototype->New());
  if (kind.fetch) {
    std::unique_ptr<Message> answer;
    if (!session.Call([&](auto* context) { return kind.fetch(session, context, &answer); }))
      return session.exit_code();
    if (const Message* there = FindEntry(*answer, kind, flags.id)) entry->CopyFrom(*there);
  }
  if (auto written = Write(kind, flags, *entry); !written) return SayFault(written.error().message);
  return Upsert(session, kind, *entry, flags.dry_run);
}

int Remove(Session& session, const EntryKind& kind, const RemoveFlags& flags) {
  const auto add = [&](Message& request) {
    const FieldDescriptor& list = FieldOf(request, kind.field);
    for (const std::string& id : flags.ids) request.GetReflection()->AddString(&request, &list, id);
  };
  if (kind.catalogue) {
    v1::RemoveFromCatalogueRequest request;
    add(request);
    request.set_dry_run(flags.dry_run);
    v1::RemoveFromCatalogueResponse response;
    auto stub = v1::CatalogueService::NewStub(session.channel());
    if (!session.Call([&](auto* context) {
          return stub->RemoveFromCatalogue(context, request, &response);
        })) {
      return session.exit_code();
    }
    return PrintCounts(session, response, response.counts(), flags.dry_run);
  }
  v1::RemoveFromDirectoryRequest request;
  add(request);
  request.set_dry_run(flags.dry_run);
  v1::RemoveFromDirectoryResponse response;
  auto stub = v1::DirectoryService::NewStub(session.channel());
  if (!session.Call(
          [&](auto* context) { return stub->RemoveFromDirectory(context, request, &response); })) {
    return session.exit_code();
  }
  return PrintCounts(session, response, response.counts(), flags.dry_run);
}

std::string WithArticle(const std::string& noun) {
  const bool vowel = std::string_view("aeiou").find(noun.front()) != std::string_view::npos;
  return (vowel ? "an " : "a ") + noun;
}

}  // namespace

void AddEntryCommands(CLI::App& command, const EntryKind& kind, Run& chosen) {
  const std::string name = kind.command;
  auto set_flags = std::make_shared<SetFlags>();
  CLI::App* set = command.add_subcommand(
      "set", "Add " + WithArticle(name) + ", or change it; what is not named stays as it is");
  set->add_option("id", set_flags->id, "its id")->required();
  for (const EntryFlag& flag : kind.flags) {
    const bool list = FieldOf(*kind.prototype, flag.field).is_repeated();
    CLI::Option* option =
        set->add_option(flag.flag, set_flags->values[flag.field],
                        std::string(flag.help) + (list ? "; may be repeated" : ""));
    option->allow_extra_args(false);
    if (!list) option->multi_option_policy(CLI::MultiOptionPolicy::TakeLast);
  }
  set->add_option("--json", set_flags->json_file, "the whole entry as proto3 JSON; flags override")
      ->type_name("FILE");
  set->add_flag("--dry-run", set_flags->dry_run, "show what would change, change nothing");
  set->callback([kind, set_flags, &chosen] {
    chosen = [kind, set_flags](Session& session) { return Set(session, kind, *set_flags); };
  });
  auto remove_flags = std::make_shared<RemoveFlags>();
  CLI::App* remove =
      command.add_subcommand("remove", "Remove " + WithArticle(name) + " that nothing else needs");
  remove->add_option("ids", remove_flags->ids, "their ids")->required();
  remove->add_flag("--dry-run", remove_flags->dry_run, "show what would change, change nothing");
  remove->callback([kind, remove_flags, &chosen] {
    chosen = [kind, remove_flags](Session& session) {
      return Remove(session, kind, *remove_flags);
    };
  });
}

}  // namespace wardcast::cli
