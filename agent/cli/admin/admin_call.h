// What only the administrator of the broker's machine may do, over the socket in the data folder.
#pragma once

#include <CLI/CLI.hpp>
#include <functional>
#include <memory>
#include <string>

#include "agent/cli/command.h"
#include "agent/cli/session.h"
#include "wardcast/v1/admin_service.grpc.pb.h"

namespace wardcast::cli {

// Adds the option --data-dir to a subcommand.
void AddDataDir(CLI::App& command, std::string& data_dir);

// A channel to the broker of this machine, and its service; nullptr: there is none, which was
// printed.
std::shared_ptr<grpc::Channel> AdminChannel(const std::string& data_dir);
std::unique_ptr<v1::AdminService::Stub> ConnectAdmin(const std::string& data_dir);

// Prints what went wrong with a call over that channel, if anything; the exit code.
int ExplainAdmin(Session& session, const grpc::Status& status);

// Makes one call and explains what went wrong; the exit code. Without a deadline: a copy takes as
// long as it takes, and Ctrl-C ends the wait.
int CallAdmin(
    Session& session, const std::string& data_dir,
    const std::function<grpc::Status(v1::AdminService::Stub&, grpc::ClientContext*)>& call);

void AddDirectoryCheck(CLI::App& admin, Run& chosen);
void AddBackup(CLI::App& admin, Run& chosen);
void AddEnrolTokens(CLI::App& admin, Run& chosen);
void AddCertificates(CLI::App& admin, Run& chosen);
void AddIdentity(CLI::App& admin, Run& chosen);

}  // namespace wardcast::cli
