// Accounts, tokens and the audit trail over the administrator's socket: there before anybody exists
// who could sign in.
#pragma once

#include <CLI/CLI.hpp>
#include <functional>
#include <string>
#include <vector>

#include "agent/cli/command.h"
#include "agent/cli/session.h"
#include "wardcast/v1/access_service.grpc.pb.h"
#include "wardcast/v1/audit_service.grpc.pb.h"

namespace wardcast::cli {

// Makes one call over DATA_DIR/admin.sock and explains what went wrong; the exit code.
int CallAccess(
    Session& session, const std::string& data_dir,
    const std::function<grpc::Status(v1::AccessService::Stub&, grpc::ClientContext*)>& call);
int CallAudit(
    Session& session, const std::string& data_dir,
    const std::function<grpc::Status(v1::AuditService::Stub&, grpc::ClientContext*)>& call);

// What a role or role set is narrowed to, as flags.
struct ScopeFlags {
  std::vector<std::string> roles;
  std::vector<std::string> sites;
  std::vector<std::string> buildings;
  std::vector<std::string> wards;
  std::vector<std::string> teams;
  std::vector<std::string> services;
  std::vector<std::string> kinds;
  std::string max_severity;
  std::string max_presentation;
  int max_endpoints = 0;
};
void AddScopeFlags(CLI::App& command, ScopeFlags& flags);
// Each role, all with the same scope. The words of kinds and limits are those that were checked
// when the command line was read.
std::vector<v1::Assignment> AssignmentsOf(const ScopeFlags& flags);
// "service-desk, publisher (sites main)".
std::string AssignmentWords(const google::protobuf::RepeatedPtrField<v1::Assignment>& assignments);

void AddAccounts(CLI::App& admin, Run& chosen);
void AddTokens(CLI::App& admin, Run& chosen);
void AddAudit(CLI::App& admin, Run& chosen);

}  // namespace wardcast::cli
