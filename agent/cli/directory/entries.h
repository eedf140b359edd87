// `set` and `remove`: single entries of the map and of the catalogue, over what the broker has.
#pragma once

#include <google/protobuf/message.h>
#include <grpcpp/client_context.h>

#include <CLI/CLI.hpp>
#include <functional>
#include <memory>
#include <vector>

#include "agent/cli/command.h"
#include "agent/cli/session.h"

namespace wardcast::cli {

// One flag of `set`, for one field of the entry's message: text, a number, a word of an enum, or a
// list of texts (then it may be repeated).
struct EntryFlag {
  const char* flag;   // "--building"
  const char* field;  // "building_id"
  const char* help;
};

// One kind of entries.
struct EntryKind {
  const char* command;  // "ward"
  const char* field;    // "wards": its list in requests and answers
  const google::protobuf::Message* prototype;
  std::vector<EntryFlag> flags;
  bool catalogue;  // CatalogueService, not DirectoryService
  // Fetches all of them; the answer has a list `field`. Empty: nothing tells what is there, and
  // `set` writes the whole entry.
  std::function<grpc::Status(Session&, grpc::ClientContext*,
                             std::unique_ptr<google::protobuf::Message>*)>
      fetch;
};

EntryKind SiteKind();
EntryKind BuildingKind();
EntryKind WardKind();
EntryKind EndpointKind();
EntryKind PersonKind();
EntryKind TeamKind();
EntryKind ServiceKind();
EntryKind ProcedureKind();
EntryKind TemplateKind();
EntryKind PlacementKind();

// Adds `set ID …` and `remove ID …` below `command`.
void AddEntryCommands(CLI::App& command, const EntryKind& kind, Run& chosen);

}  // namespace wardcast::cli
