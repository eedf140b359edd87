#include "agent/cli/notice/written.h"

#include <google/protobuf/util/json_util.h>

#include <cstdio>

#include "agent/cli/print.h"
#include "wardcast/v1/catalogue_service.grpc.pb.h"

namespace wardcast::cli {
namespace {

OrExit<v1::Alert> TemplateContent(Session& session, const std::string& id) {
  auto stub = v1::CatalogueService::NewStub(session.channel());
  v1::ListTemplatesResponse response;
  if (!session.Call([&](auto* context) { return stub->ListTemplates(context, {}, &response); }))
    return std::unexpected(session.exit_code());
  std::string there;
  for (const v1::Template& one : response.templates()) {
    there += (there.empty() ? "" : ", ") + one.id();
    if (one.id() != id) continue;
    v1::Alert alert;
    const auto status = google::protobuf::util::JsonStringToMessage(one.alert_json(), &alert);
    if (!status.ok()) return Misused("the template " + id + " cannot be read");
    return alert;
  }
  return Misused("--template: there is no " + id + "; there are: " + there);
}

}  // namespace

std::unexpected<int> Misused(const std::string& message) {
  std::fprintf(stderr, "wardcast: %s\n", Printable(message).c_str());
  return std::unexpected<int>(kUsage);
}

OrExit<v1::Alert> WrittenAlert(Session& session, const NoticeFlags& flags, TimePoint now) {
  v1::Alert base;
  if (!flags.template_id.empty()) {
    auto content = TemplateContent(session, flags.template_id);
    if (!content) return content;
    base = std::move(*content);
  }
  auto alert = ToAlert(flags, std::move(base), now);
  if (!alert) return Misused(alert.error().message);
  return std::move(*alert);
}

}  // namespace wardcast::cli
