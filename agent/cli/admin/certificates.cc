// Which machine is which endpoint, and taking a place away.
#include <cstdio>

#include "agent/cli/admin/admin_call.h"
#include "agent/cli/print.h"

namespace wardcast::cli {
namespace {

struct CertificateFlags {
  std::string data_dir;
  std::string endpoint;
  std::string reason;
  bool revoked = false;
};

void PrintOne(const v1::EndpointCertificate& one) {
  const std::string until = one.has_revoked_at() ? "revoked " + TimeText(one.revoked_at())
                                                 : "valid until " + TimeText(one.expires_at());
  const std::string serial = one.hardware_serial().empty() ? "-" : Printable(one.hardware_serial());
  const std::string machine = one.browser()
                                  ? "browser, from " + Printable(one.host())
                                  : "host " + Printable(one.host()) + "  serial " + serial;
  std::printf("%-24s  %-48s  %s%s%s\n", Printable(one.endpoint_id()).c_str(), machine.c_str(),
              until.c_str(), one.revoked_because().empty() ? "" : ": ",
              Printable(one.revoked_because()).c_str());
}

int ListAll(Session& session, const CertificateFlags& flags) {
  v1::ListCertificatesRequest request;
  request.set_endpoint_id(flags.endpoint);
  request.set_include_revoked(flags.revoked);
  bool any = false;
  do {
    v1::ListCertificatesResponse response;
    const int code = CallAdmin(session, flags.data_dir, [&](auto& stub, auto* context) {
      return stub.ListCertificates(context, request, &response);
    });
    if (code != kOk) return code;
    if (session.json()) {
      PrintJson(response);
    } else {
      for (const v1::EndpointCertificate& one : response.certificates()) PrintOne(one);
    }
    any = any || !response.certificates().empty();
    request.set_page_token(response.next_page_token());
  } while (!request.page_token().empty());
  if (!any && !session.json()) std::printf("no endpoint has enrolled\n");
  return kOk;
}

int RevokeOne(Session& session, const CertificateFlags& flags) {
  v1::RevokeCertificateRequest request;
  request.set_endpoint_id(flags.endpoint);
  request.set_reason(flags.reason);
  v1::RevokeCertificateResponse response;
  const int code = CallAdmin(session, flags.data_dir, [&](auto& stub, auto* context) {
    return stub.RevokeCertificate(context, request, &response);
  });
  if (code != kOk) return code;
  if (session.json()) {
    PrintJson(response);
  } else {
    PrintOne(response.certificate());
  }
  return kOk;
}

}  // namespace

void AddCertificates(CLI::App& admin, Run& chosen) {
  auto flags = std::make_shared<CertificateFlags>();
  CLI::App* list = admin.add_subcommand("certificates", "List the enrolled endpoints");
  list->add_option("endpoint", flags->endpoint, "only this one")->type_name("ID");
  list->add_flag("--revoked", flags->revoked, "also keys that were revoked");
  AddDataDir(*list, flags->data_dir);
  list->callback([flags, &chosen] {
    chosen = [flags](Session& session) { return ListAll(session, *flags); };
  });
  CLI::App* revoke = admin.add_subcommand(
      "revoke-certificate", "Shut an endpoint out at once, on every broker; it has to enrol anew");
  revoke->add_option("endpoint", flags->endpoint, "its id")->required()->type_name("ID");
  revoke->add_option("--reason", flags->reason, "why")->type_name("TEXT");
  AddDataDir(*revoke, flags->data_dir);
  revoke->callback([flags, &chosen] {
    chosen = [flags](Session& session) { return RevokeOne(session, *flags); };
  });
}

}  // namespace wardcast::cli
