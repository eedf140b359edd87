#include "agent/cli/notice/written.h"

#include <google/protobuf/util/json_util.h>

#include <cstdio>
#include <map>
#include <optional>

#include "agent/cli/notice/blanks.h"
#include "agent/cli/print.h"
#include "base/proto_time.h"
#include "wardcast/v1/alert_service.grpc.pb.h"
#include "wardcast/v1/catalogue_service.grpc.pb.h"
#include "wardcast/v1/directory_service.grpc.pb.h"

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

OrExit<std::string> NamesOf(Session& session, const v1::Alert& facts) {
  if (facts.services().empty()) return std::string();
  auto stub = v1::CatalogueService::NewStub(session.channel());
  v1::ListServicesResponse response;
  if (!session.Call([&](auto* context) { return stub->ListServices(context, {}, &response); }))
    return std::unexpected(session.exit_code());
  std::map<std::string, std::string> by_id;
  for (const v1::Service& service : response.services()) by_id[service.id()] = service.name();
  std::vector<std::string> names;
  for (const std::string& id : facts.services())
    names.push_back(by_id.contains(id) ? by_id[id] : id);
  return Together(names);
}

// The site that a notice is meant for: of the first ward that it reaches, else the first one.
OrExit<std::string> ZoneOf(Session& session, const v1::Alert& facts) {
  if (!facts.zone().empty()) return facts.zone();
  auto directory = v1::DirectoryService::NewStub(session.channel());
  v1::ListSitesResponse sites;
  if (!session.Call([&](auto* context) { return directory->ListSites(context, {}, &sites); }))
    return std::unexpected(session.exit_code());
  if (sites.sites().empty()) return std::string();
  std::string home = facts.audience().sites_size() > 0 ? facts.audience().sites(0) : "";
  if (home.empty() && sites.sites_size() > 1) {
    auto alerts = v1::AlertService::NewStub(session.channel());
    v1::PreviewAudienceRequest request;
    *request.mutable_audience() = facts.audience();
    *request.mutable_services() = facts.services();
    v1::PreviewAudienceResponse response;
    if (!session.Call(
            [&](auto* context) { return alerts->PreviewAudience(context, request, &response); })) {
      return std::unexpected(session.exit_code());
    }
    if (response.reach().wards_size() > 0) home = response.reach().wards(0).site_id();
  }
  for (const v1::Site& site : sites.sites()) {
    if (site.id() == home) return site.zone();
  }
  return sites.sites(0).zone();
}

// What the broker will promise if the publisher does not.
std::optional<std::chrono::minutes> Promise(v1::Severity::Value severity) {
  switch (severity) {
    case v1::Severity::MINOR:
      return std::nullopt;
    case v1::Severity::SEVERE:
      return std::chrono::minutes(30);
    case v1::Severity::EXTREME:
      return std::chrono::minutes(15);
    default:
      return std::chrono::minutes(60);
  }
}

v1::ZonedTime At(TimePoint time) {
  v1::ZonedTime zoned;
  *zoned.mutable_at() = ToTimestamp(time);
  return zoned;
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

OrExit<void> FillFrom(Session& session, const v1::Alert& facts, TimePoint now, v1::Alert& alert) {
  if (OpenBlanks(alert).empty()) return {};
  auto service = NamesOf(session, facts);
  if (!service) return std::unexpected(service.error());
  auto zone = ZoneOf(session, facts);
  if (!zone) return std::unexpected(zone.error());
  Blanks blanks{.service = std::move(*service),
                .start = TimeWords(facts.has_start() ? facts.start() : At(now), *zone, now),
                .end = TimeWords(facts.expected_end(), *zone, now),
                .next = TimeWords(facts.next_update(), *zone, now)};
  const auto promise = Promise(facts.severity());
  if (blanks.next.empty() && promise) blanks.next = TimeWords(At(now + *promise), *zone, now);
  FillBlanks(alert, blanks);
  const std::vector<std::string> open = OpenBlanks(alert);
  if (open.empty()) return {};
  const std::map<std::string, std::string> flags = {{"{service}", "--service"},
                                                    {"{start}", "--start"},
                                                    {"{end}", "--until"},
                                                    {"{next}", "--next-update"}};
  return Misused("a text needs " + flags.at(open.front()) + ", for its " + open.front());
}

}  // namespace wardcast::cli
