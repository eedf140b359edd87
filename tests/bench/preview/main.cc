// bench_preview ENDPOINTS ROUNDS: PreviewAudience for everybody, for one site and for the wards
// that depend on a service, of a hospital with a ward for each 25 endpoints, on the embedded store
// with presence of every endpoint and 3 notices for every ward. Prints a JSON line for each
// audience; `first_ms` is with a directory that nobody has asked about. Exit code 1: a median of 50
// ms or more, which is what the preview of 50,000 endpoints may take.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <memory>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>
#include <vector>

#include "base/proto_time.h"
#include "server/access/roles/role_sets.h"
#include "server/api/alerts/preview.h"
#include "server/bus/bus.h"
#include "server/store/open_store.h"
#include "server/store/people/people_store.h"
#include "tests/servers/temp_folder.h"

namespace wardcast {
namespace {

using SteadyClock = std::chrono::steady_clock;

constexpr double kBudgetMs = 50;
constexpr int kPerWard = 25;
constexpr int kWardsPerBuilding = 50;

template <class T>
T Must(Result<T> result) {
  if (!result) throw std::runtime_error(result.error().message);
  if constexpr (!std::is_void_v<T>) return std::move(*result);
}

DirectoryContent LargeHospital(int endpoints) {
  DirectoryContent content;
  for (const char* id : {"main", "north"}) {
    v1::Site& site = content.sites.emplace_back();
    site.set_id(id);
    site.set_name(id);
    site.set_zone("America/Denver");
  }
  v1::Team& team = content.teams.emplace_back();
  team.set_id("apps");
  v1::Service& service = content.services.emplace_back();
  service.set_id("lab-results");
  service.set_name("Orders and results (lab)");
  service.set_team_id("apps");
  const int wards = endpoints / kPerWard;
  for (int i = 0; i < wards; ++i) {
    if (i % kWardsPerBuilding == 0) {
      v1::Building& building = content.buildings.emplace_back();
      building.set_id("b-" + std::to_string(i / kWardsPerBuilding));
      building.set_site_id(i % 3 == 0 ? "north" : "main");
    }
    v1::Ward& ward = content.wards.emplace_back();
    ward.set_id("w-" + std::to_string(i));
    ward.set_name("Ward " + std::to_string(i));
    ward.set_type("inpatient");
    ward.set_building_id("b-" + std::to_string(i / kWardsPerBuilding));
    if (i % 5 == 0) ward.set_opening_hours("Mon-Fri 07:00-19:00");
    if (i % 2 == 0) ward.add_services("lab-results");
  }
  for (int i = 0; i < endpoints; ++i) {
    v1::Endpoint& endpoint = content.endpoints.emplace_back();
    endpoint.set_id("pc-" + std::to_string(i));
    endpoint.set_ward_id("w-" + std::to_string(i / kPerWard % std::max(1, wards)));
  }
  return content;
}

// Half of them are connected to another broker, the others went a while ago.
void WritePresence(Store& store, int endpoints, TimePoint now) {
  PresenceBatch batch;
  batch.broker_id = "broker-2";
  batch.now = now;
  for (int i = 0; i < endpoints; ++i) {
    PresenceRow row;
    row.endpoint_id = "pc-" + std::to_string(i);
    row.connected_at = now - std::chrono::hours(30);
    row.sessions = i % 2;
    row.gone_at = i % 2 == 1 ? TimePoint{} : now - std::chrono::hours(i % 40);
    batch.rows.push_back(std::move(row));
    if (batch.rows.size() == 5'000 || i + 1 == endpoints) {
      Must(store.PutPresence(batch));
      batch.rows.clear();
    }
  }
}

void WriteNotices(AlertCommit& commit, const Directory& directory, TimePoint now) {
  for (int i = 0; i < 3; ++i) {
    v1::Alert alert;
    alert.set_kind(v1::Kind::INFORMATION);
    alert.set_severity(v1::Severity::MODERATE);
    alert.set_presentation(v1::Presentation::TOAST);
    alert.set_state(v1::State::ACTIVE);
    alert.set_headline("The canteen stays open");
    alert.mutable_audience()->set_everyone(true);
    *alert.mutable_published_at()->mutable_at() = ToTimestamp(now);
    *alert.mutable_changed_at()->mutable_at() = ToTimestamp(now);
    AlertChange change;
    change.caller = "bench";
    change.method = "bench";
    change.now = now;
    change.decide = [&](const v1::Alert*) -> Result<std::optional<AlertDecision>> {
      return DecisionFor(alert, directory);
    };
    Must(commit.Commit(change, "published", "bench"));
  }
}

v1::PreviewAudienceRequest RequestFor(const std::string& audience) {
  v1::PreviewAudienceRequest request;
  if (audience == "everyone") request.mutable_audience()->set_everyone(true);
  if (audience == "site") request.mutable_audience()->add_sites("main");
  if (audience == "service") request.add_services("lab-results");
  request.mutable_alert()->set_kind(v1::Kind::OUTAGE);
  request.mutable_alert()->set_headline("Lab results do not arrive");
  request.mutable_alert()->set_impact("Call the lab for what cannot wait");
  return request;
}

int Run(int endpoints, int rounds) {
  const SystemClock clock;
  const testing::TempFolder folder;
  const auto store = Must(OpenStore({.data_dir = folder.path()}, clock.Now()));
  const auto bus = MakeInProcessBus();
  Must(store->ReplaceDirectory(LargeHospital(endpoints), std::nullopt, clock.Now()));
  Hub hub(HubConfig{}, clock);
  const SigningKey key = SigningKey::Generate();
  AlertCommit commit(*store, *bus, hub, key);
  const auto show = [&] {
    auto [content, sequence] = Must(store->LoadDirectory());
    hub.Replace({.log = store->identity(),
                 .directory = std::make_shared<const Directory>(std::move(content), sequence),
                 .directory_sequence = sequence,
                 .alerts = Must(store->LoadCurrent(TimePoint{})),
                 .answers = {},
                 .applied = Must(store->Head()).sequence});
  };
  show();
  WritePresence(*store, endpoints, clock.Now());
  WriteNotices(commit, *hub.directory(), clock.Now());
  EndpointStates states({.broker_id = "broker-1"}, *store, hub, clock);
  Connections connections(*store, hub, "broker-1", clock);
  ReachReader reach(*store, hub, connections, states, clock);
  Approvers approvers(store->people());
  AuditLog audit({.broker_id = "broker-1"}, nullptr, clock);
  PreviewHandler preview({.store = *store,
                          .hub = hub,
                          .reach = reach,
                          .commit = commit,
                          .approvers = approvers,
                          .audit = audit,
                          .clock = clock});
  CallContext context{.caller = "bench", .peer = "bench"};
  context.identity = std::make_shared<const Identity>(
      Identity{.kind = Identity::Kind::kPerson, .name = "bench", .grants = EveryGrant()});
  bool within = true;
  for (const char* audience : {"everyone", "site", "service"}) {
    show();
    states.Read();
    const v1::PreviewAudienceRequest request = RequestFor(audience);
    std::vector<double> times;
    int reached = 0;
    for (int round = 0; round < rounds; ++round) {
      const auto began = SteadyClock::now();
      const auto answer = Must(preview.PreviewAudience(context, request));
      const std::string bytes = answer.SerializeAsString();
      times.push_back(
          std::chrono::duration<double, std::milli>(SteadyClock::now() - began).count());
      reached = bytes.empty() ? 0 : answer.reach().endpoints();
    }
    const double first = times.front();
    std::ranges::sort(times);
    const double median = times[times.size() / 2];
    within = within && median < kBudgetMs;
    const nlohmann::json row = {
        {"what", "preview"}, {"audience", audience}, {"endpoints", endpoints}, {"reached", reached},
        {"first_ms", first}, {"median_ms", median},  {"max_ms", times.back()}};
    std::printf("%s\n", row.dump().c_str());
  }
  return within ? 0 : 1;
}

}  // namespace
}  // namespace wardcast

int main(int argc, char** argv) {
  const auto number = [&](int at) { return at < argc ? std::atoi(argv[at]) : 0; };
  if (argc != 3 || number(1) < 25 || number(2) < 1) {
    std::fprintf(stderr, "Usage: bench_preview ENDPOINTS ROUNDS\n");
    return 2;
  }
  try {
    return wardcast::Run(number(1), number(2));
  } catch (const std::exception& error) {
    std::fprintf(stderr, "bench_preview: %s\n", error.what());
    return 1;
  }
}
