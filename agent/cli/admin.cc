// What only the administrator of the broker's machine may do, over the socket in the data folder.
#include <grpcpp/create_channel.h>
#include <grpcpp/security/credentials.h>

#include <filesystem>

#include "agent/cli/command.h"
#include "agent/cli/print.h"
#include "wardcast/v1/admin_service.grpc.pb.h"

namespace wardcast::cli {
namespace {

struct AdminFlags {
  std::string data_dir;
  std::string file;
};

int Backup(Session& session, const AdminFlags& flags) {
  namespace fs = std::filesystem;
  const fs::path folder = flags.data_dir.empty() ? DefaultDataDir() : flags.data_dir;
  const fs::path socket = fs::absolute(folder) / "admin.sock";
  std::error_code error;
  if (!fs::exists(socket, error)) {
    std::fprintf(stderr,
                 "wardcast: there is no %s, or this user may not see it.\nRun this on the broker's "
                 "machine, as the broker's user, and name its data folder with --data-dir.\n",
                 Printable(socket.string()).c_str());
    return kUnreachable;
  }
  v1::BackupRequest request;
  if (!flags.file.empty()) request.set_file(fs::absolute(flags.file).string());
  const auto stub = v1::AdminService::NewStub(
      grpc::CreateChannel("unix:" + socket.string(), grpc::InsecureChannelCredentials()));
  v1::BackupResponse response;
  // Without a deadline: a copy takes as long as it takes, and Ctrl-C ends the wait.
  grpc::ClientContext context;
  const grpc::Status status = stub->Backup(&context, request, &response);
  if (status.error_code() == grpc::StatusCode::UNAVAILABLE) {
    std::fprintf(stderr, "wardcast: no backup was made: %s\n",
                 Printable(status.error_message()).c_str());
    return kUnreachable;
  }
  if (!status.ok()) {
    session.Explain(status);
    return session.exit_code();
  }
  if (session.json()) {
    PrintJson(response);
  } else {
    std::printf("%s, %lld bytes\n", Printable(response.file()).c_str(),
                static_cast<long long>(response.bytes()));
  }
  return kOk;
}

}  // namespace

void AddAdmin(CLI::App& app, Run& chosen) {
  auto flags = std::make_shared<AdminFlags>();
  CLI::App* admin = app.add_subcommand("admin", "Administer the broker of this machine");
  admin->require_subcommand(1);
  CLI::App* backup =
      admin->add_subcommand("backup", "Copy the broker's database while everything goes on");
  backup
      ->add_option("--output", flags->file,
                   "file to write, which must not exist (default: a new one in DATA_DIR/backups)")
      ->type_name("FILE");
  backup
      ->add_option("--data-dir", flags->data_dir,
                   "the broker's data folder (default: the one of a broker run by this user)")
      ->type_name("DIR");
  backup->callback(
      [flags, &chosen] { chosen = [flags](Session& session) { return Backup(session, *flags); }; });
}

}  // namespace wardcast::cli
