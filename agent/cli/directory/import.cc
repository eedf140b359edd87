#include <filesystem>

#include "agent/cli/command.h"
#include "agent/cli/directory/import_counts.h"
#include "agent/cli/print.h"
#include "base/file.h"
#include "wardcast/v1/directory_service.grpc.pb.h"

namespace wardcast::cli {
namespace {

// What a hospital can hand over; other files in the folder are left alone.
constexpr const char* kFiles[] = {"sites.csv",       "buildings.csv", "wards.csv", "endpoints.csv",
                                  "placement.csv",   "people.csv",    "teams.csv", "services.csv",
                                  "procedures.json", "templates.json"};

struct ImportFlags {
  std::string path;
  bool dry_run = false;
};

Result<v1::ImportDirectoryRequest> Read(const ImportFlags& flags) {
  v1::ImportDirectoryRequest request;
  request.set_dry_run(flags.dry_run);
  const std::filesystem::path path(flags.path);
  const bool folder = std::filesystem::is_directory(path);
  for (const char* name : kFiles) {
    const std::filesystem::path file = folder ? path / name : path;
    if (!folder && path.filename() != name) continue;
    auto content = ReadFile(file);
    if (!content && folder && content.error().code == Code::kNotFound) continue;
    if (!content) return std::unexpected(content.error());
    v1::ImportFile& one = *request.add_files();
    one.set_name(name);
    one.set_content(std::move(*content));
  }
  if (!request.files().empty()) return request;
  std::string names;
  for (const char* name : kFiles) names += (names.empty() ? "" : ", ") + std::string(name);
  return Fail(Code::kNotFound, flags.path + ": nothing to import; looked for " + names);
}

int Import(Session& session, const ImportFlags& flags) {
  auto request = Read(flags);
  if (!request) {
    std::fprintf(stderr, "wardcast: %s\n", Printable(request.error().message).c_str());
    return kUsage;
  }
  auto stub = v1::DirectoryService::NewStub(session.channel());
  v1::ImportDirectoryResponse response;
  if (!session.Call(
          [&](auto* context) { return stub->ImportDirectory(context, *request, &response); })) {
    return session.exit_code();
  }
  return PrintCounts(session, response, response.counts(), flags.dry_run);
}

}  // namespace

void AddImport(CLI::App& app, Run& chosen) {
  auto flags = std::make_shared<ImportFlags>();
  CLI::App* command =
      app.add_subcommand("import", "Import a hospital's map and catalogue, all or nothing");
  command->add_option("path", flags->path, "a folder such as deploy/demo, or one of its files")
      ->required();
  command->add_flag("--dry-run", flags->dry_run, "show what would change, change nothing");
  command->callback(
      [flags, &chosen] { chosen = [flags](Session& session) { return Import(session, *flags); }; });
}

}  // namespace wardcast::cli
