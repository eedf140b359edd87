#include <grpcpp/create_channel.h>
#include <grpcpp/security/credentials.h>

#include <cstdio>
#include <filesystem>

#include "agent/cli/admin/admin_call.h"
#include "agent/cli/print.h"

namespace wardcast::cli {

void AddDataDir(CLI::App& command, std::string& data_dir) {
  command
      .add_option("--data-dir", data_dir,
                  "the broker's data folder (default: the one of a broker run by this user)")
      ->type_name("DIR");
}

std::shared_ptr<grpc::Channel> AdminChannel(const std::string& data_dir) {
  namespace fs = std::filesystem;
  const fs::path folder = data_dir.empty() ? DefaultDataDir() : data_dir;
  const fs::path socket = fs::absolute(folder) / "admin.sock";
  std::error_code error;
  if (!fs::exists(socket, error)) {
    std::fprintf(stderr,
                 "wardcast: there is no %s, or this user may not see it.\nRun this on the broker's "
                 "machine, as the broker's user, and name its data folder with --data-dir.\n",
                 Printable(socket.string()).c_str());
    return nullptr;
  }
  return grpc::CreateChannel("unix:" + socket.string(), grpc::InsecureChannelCredentials());
}

std::unique_ptr<v1::AdminService::Stub> ConnectAdmin(const std::string& data_dir) {
  const auto channel = AdminChannel(data_dir);
  return channel ? v1::AdminService::NewStub(channel) : nullptr;
}

int ExplainAdmin(Session& session, const grpc::Status& status) {
  if (status.ok()) return kOk;
  if (status.error_code() == grpc::StatusCode::UNAVAILABLE) {
    std::fprintf(stderr, "wardcast: it was not done: %s\n",
                 Printable(status.error_message()).c_str());
    return kUnreachable;
  }
  session.Explain(status);
  return session.exit_code();
}

int CallAdmin(
    Session& session, const std::string& data_dir,
    const std::function<grpc::Status(v1::AdminService::Stub&, grpc::ClientContext*)>& call) {
  const auto stub = ConnectAdmin(data_dir);
  if (!stub) return kUnreachable;
  grpc::ClientContext context;
  return ExplainAdmin(session, call(*stub, &context));
}

void AddAdmin(CLI::App& app, Run& chosen) {
  CLI::App* admin = app.add_subcommand("admin", "Administer the broker of this machine");
  admin->require_subcommand(1);
  for (auto* add : {AddBackup, AddEnrolTokens, AddCertificates, AddIdentity, AddDirectoryCheck})
    add(*admin, chosen);
}

}  // namespace wardcast::cli
