// What another broker needs in order to join.
#include <cstdio>
#include <filesystem>

#include "agent/cli/admin/admin_call.h"
#include "agent/cli/print.h"
#include "base/file.h"

namespace wardcast::cli {
namespace {

struct IdentityFlags {
  std::string data_dir;
  std::string file;
  std::string passphrase_file;
};

int Export(Session& session, const IdentityFlags& flags) {
  constexpr std::size_t kLongestPassphrase = 4096;
  std::error_code error;
  if (std::filesystem::exists(flags.file, error)) {
    std::fprintf(stderr, "wardcast: %s exists; name a file that does not\n",
                 Printable(flags.file).c_str());
    return kUsage;
  }
  v1::ExportIdentityRequest request;
  if (!flags.passphrase_file.empty()) {
    const auto text = ReadFile(flags.passphrase_file, kLongestPassphrase);
    if (!text) {
      std::fprintf(stderr, "wardcast: %s\n", Printable(text.error().message).c_str());
      return kUsage;
    }
    request.set_passphrase(text->substr(0, text->find_first_of("\r\n")));
  }
  v1::ExportIdentityResponse response;
  const int code = CallAdmin(session, flags.data_dir, [&](auto& stub, auto* context) {
    return stub.ExportIdentity(context, request, &response);
  });
  if (code != kOk) return code;
  if (auto written = WriteSecretFile(flags.file, response.identity()); !written) {
    std::fprintf(stderr, "wardcast: %s\n", Printable(written.error().message).c_str());
    return kRefused;
  }
  std::fprintf(stderr,
               "The hospital's identity is in %s, encrypted. On the other broker's machine:\n"
               "  wardcastd --join FILE\nThen remove the file. Whoever has it and the passphrase "
               "can issue certificates and sign notices.\n",
               Printable(flags.file).c_str());
  if (!response.passphrase().empty()) std::printf("%s\n", response.passphrase().c_str());
  return kOk;
}

}  // namespace

void AddIdentity(CLI::App& admin, Run& chosen) {
  auto flags = std::make_shared<IdentityFlags>();
  CLI::App* identity =
      admin.add_subcommand("export-identity",
                           "Write certificate authority and signing key, encrypted, for another "
                           "broker; prints the passphrase that it made");
  identity->add_option("file", flags->file, "file to write")->required()->type_name("FILE");
  identity
      ->add_option("--passphrase-file", flags->passphrase_file,
                   "use the first line of this file, at least 12 characters")
      ->type_name("FILE");
  AddDataDir(*identity, flags->data_dir);
  identity->callback(
      [flags, &chosen] { chosen = [flags](Session& session) { return Export(session, *flags); }; });
}

}  // namespace wardcast::cli
