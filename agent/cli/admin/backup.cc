// A copy of the broker's store.
#include <cstdio>
#include <filesystem>

#include "agent/cli/admin/admin_call.h"
#include "agent/cli/print.h"

namespace wardcast::cli {
namespace {

struct BackupFlags {
  std::string data_dir;
  std::string file;
};

int Backup(Session& session, const BackupFlags& flags) {
  v1::BackupRequest request;
  if (!flags.file.empty()) request.set_file(std::filesystem::absolute(flags.file).string());
  v1::BackupResponse response;
  const int code = CallAdmin(session, flags.data_dir, [&](auto& stub, auto* context) {
    return stub.Backup(context, request, &response);
  });
  if (code != kOk) return code;
  if (session.json()) {
    PrintJson(response);
  } else {
    std::printf("%s, %lld bytes\n", Printable(response.file()).c_str(),
                static_cast<long long>(response.bytes()));
  }
  return kOk;
}

}  // namespace

void AddBackup(CLI::App& admin, Run& chosen) {
  auto flags = std::make_shared<BackupFlags>();
  CLI::App* backup =
      admin.add_subcommand("backup", "Copy the broker's database while everything goes on");
  backup
      ->add_option("--output", flags->file,
                   "file to write, which must not exist (default: a new one in DATA_DIR/backups)")
      ->type_name("FILE");
  AddDataDir(*backup, flags->data_dir);
  backup->callback(
      [flags, &chosen] { chosen = [flags](Session& session) { return Backup(session, *flags); }; });
}

}  // namespace wardcast::cli
