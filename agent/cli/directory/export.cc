#include <cerrno>
#include <cstring>
#include <filesystem>

#include "agent/cli/command.h"
#include "agent/cli/print.h"
#include "base/file.h"
#include "wardcast/v1/directory_service.grpc.pb.h"

namespace wardcast::cli {
namespace {

namespace fs = std::filesystem;

struct ExportFlags {
  std::string folder;
  bool force = false;
};

int Fault(const std::string& message) {
  std::fprintf(stderr, "wardcast: %s\n", Printable(message).c_str());
  return kUsage;
}

// A broker's names are not trusted to be names.
bool IsFileName(const std::string& name) {
  return !name.empty() && name.find('/') == std::string::npos && name.front() != '.';
}

// Nothing is written unless all of it may be.
std::string WhyNot(const v1::ExportDirectoryResponse& response, const ExportFlags& flags) {
  std::error_code error;
  for (const v1::ImportFile& file : response.files()) {
    if (!IsFileName(file.name())) return "the broker sent a file without a usable name";
    const fs::path path = fs::path(flags.folder) / file.name();
    if (!flags.force && fs::exists(path, error))
      return path.string() + " is there already: name another folder, or add --force";
  }
  fs::create_directories(flags.folder, error);
  if (error) return flags.folder + " cannot be made: " + error.message();
  return {};
}

int Export(Session& session, const ExportFlags& flags) {
  auto stub = v1::DirectoryService::NewStub(session.channel());
  v1::ExportDirectoryResponse response;
  if (!session.Call([&](auto* context) { return stub->ExportDirectory(context, {}, &response); })) {
    return session.exit_code();
  }
  if (const std::string why = WhyNot(response, flags); !why.empty()) return Fault(why);
  for (const v1::ImportFile& file : response.files()) {
    // The names of people are in it: for this user only.
    const auto written = WriteSecretFile(fs::path(flags.folder) / file.name(), file.content());
    if (!written) return Fault(written.error().message);
  }
  if (session.json()) {
    for (v1::ImportFile& file : *response.mutable_files()) file.clear_content();
    PrintJson(response);
    return kOk;
  }
  std::printf("%d files of version %lld in %s\nwardcast import %s takes them over again.\n",
              response.files_size(), static_cast<long long>(response.version()),
              Printable(flags.folder).c_str(), Printable(flags.folder).c_str());
  return kOk;
}

}  // namespace

void AddExport(CLI::App& app, Run& chosen) {
  auto flags = std::make_shared<ExportFlags>();
  CLI::App* command = app.add_subcommand(
      "export", "Write the hospital's map and catalogue into a folder, as files of an import");
  command->add_option("folder", flags->folder, "made if it is not there")->required();
  command->add_flag("--force", flags->force, "write over files that are there");
  command->callback(
      [flags, &chosen] { chosen = [flags](Session& session) { return Export(session, *flags); }; });
}

}  // namespace wardcast::cli
