// Whether the hospital's directory answers, and who somebody is there.
#include <cstdio>

#include "agent/cli/admin/admin_call.h"
#include "agent/cli/print.h"

namespace wardcast::cli {
namespace {

struct DirectoryFlags {
  std::string data_dir;
  std::string account;
};

void PrintPerson(const v1::DirectoryPerson& person) {
  std::printf("%s\n  %s\n", Printable(person.dn()).c_str(),
              Printable(person.display_name()).c_str());
  for (const std::string& group : person.groups())
    std::printf("  group  %s\n", Printable(group).c_str());
  for (const v1::Assignment& assignment : person.assignments())
    std::printf("  role   %s%s\n", Printable(assignment.role()).c_str(),
                assignment.scope().ByteSizeLong() == 0 ? "" : ", within a scope");
}

int CheckDirectory(Session& session, const DirectoryFlags& flags) {
  v1::CheckDirectoryRequest request;
  request.set_account(flags.account);
  v1::CheckDirectoryResponse response;
  const int code = CallAdmin(session, flags.data_dir, [&](auto& stub, auto* context) {
    return stub.CheckDirectory(context, request, &response);
  });
  if (code != kOk) return code;
  bool good = response.problem().empty();
  for (const v1::DirectoryServer& server : response.servers()) good = good && server.ok();
  if (session.json()) {
    PrintJson(response);
    return good ? kOk : kRefused;
  }
  for (const v1::DirectoryServer& server : response.servers()) {
    std::printf("%-40s  %s\n", Printable(server.url()).c_str(),
                !server.ok()           ? Printable(server.problem()).c_str()
                : server.tls().empty() ? "answers, in plain text"
                                       : ("answers, " + Printable(server.tls())).c_str());
  }
  if (response.has_person()) PrintPerson(response.person());
  if (!response.problem().empty()) {
    std::printf("%s cannot sign in: %s\n", Printable(flags.account).c_str(),
                Printable(response.problem()).c_str());
  }
  return good ? kOk : kRefused;
}

}  // namespace

void AddDirectoryCheck(CLI::App& admin, Run& chosen) {
  auto flags = std::make_shared<DirectoryFlags>();
  CLI::App* check = admin.add_subcommand(
      "directory-check",
      "Ask the hospital's directory whether it answers, and who somebody is there and what they "
      "may do here; nobody is signed in");
  check->add_option("--account", flags->account, "also who this is")->type_name("NAME");
  AddDataDir(*check, flags->data_dir);
  check->callback([flags, &chosen] {
    chosen = [flags](Session& session) { return CheckDirectory(session, *flags); };
  });
}

}  // namespace wardcast::cli
