// PCs that nobody has listed, and the rules that say where they belong.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <map>
#include <memory>
#include <string>

#include "base/clock.h"
#include "base/file.h"
#include "base/ulid.h"
#include "tests/house/broker_part.h"
#include "tests/programs/hospital.h"
#include "wardcast/v1/alert_service.grpc.pb.h"
#include "wardcast/v1/directory_service.grpc.pb.h"

namespace wardcast::testing {
namespace {

using namespace std::chrono_literals;

class UnlistedPc : public ::testing::Test {
 protected:
  // Writes one file and imports it.
  void Import(const std::string& name, const std::string& content) {
    ASSERT_TRUE(WriteSecretFile(hospital_.folder() / name, content));
    ASSERT_EQ(hospital_.Run("wardcast", {"--broker", hospital_.broker(), "--token-file",
                                         (hospital_.folder() / "broker" / "admin.token").string(),
                                         "import", (hospital_.folder() / name).string()}),
              0)
        << hospital_.Log("wardcast");
  }
  v1::EndpointPresence Of(const std::string& id) const {
    v1::ListEndpointsResponse response;
    grpc::ClientContext context;
    hospital_.Prepare(context, 10s);
    const auto status =
        v1::DirectoryService::NewStub(hospital_.channel())->ListEndpoints(&context, {}, &response);
    EXPECT_TRUE(status.ok()) << status.error_message();
    for (const auto& one : response.endpoints()) {
      if (one.endpoint().id() == id) return one;
    }
    return {};
  }
  std::string WardOf(const std::string& id) const { return Of(id).endpoint().ward_id(); }
  // A severe outage on this ward; the alert's id.
  std::string Publish(const std::string& ward_id) const {
    v1::PublishAlertRequest request;
    request.set_request_id(NewUlid(SystemClock().Now()));
    v1::Alert& alert = *request.mutable_alert();
    alert.set_kind(v1::Kind::OUTAGE);
    alert.set_severity(v1::Severity::SEVERE);
    alert.set_headline("Lab results are not reaching " + ward_id);
    alert.mutable_audience()->add_wards(ward_id);
    grpc::ClientContext context;
    hospital_.Prepare(context, 10s);
    v1::PublishAlertResponse response;
    const auto status =
        v1::AlertService::NewStub(hospital_.channel())->PublishAlert(&context, request, &response);
    EXPECT_TRUE(status.ok()) << status.error_message();
    return response.alert().id();
  }
  // Whether the agent has noted `event` about that alert.
  bool Noted(const std::string& id, const std::string& event, const std::string& alert_id) const {
    return std::ranges::any_of(hospital_.Ledger(id), [&](const LedgerLine& line) {
      return line.event == event && line.alert == alert_id;
    });
  }
  v1::WardProgress ProgressOf(const std::string& alert_id, const std::string& ward_id) {
    const v1::AlertProgress progress = hospital_.Progress(alert_id);
    for (const auto& ward : progress.by_ward()) {
      if (ward.ward_id() == ward_id) return ward;
    }
    return {};
  }

  Hospital hospital_{1};
};

// 02:10 4 West has an open notice and three PCs in the map. A fourth, which nobody has listed, is
// switched on. 02:11 it shows the notice and counts. In the morning the wards are renumbered.
TEST_F(UnlistedPc, IsPlacedByARuleGetsTheOpenNoticeAndMovesWithTheRule) {
  Import("placement.csv", "pattern,ward,class,tags,site\n4W-*,4w,STANDARD,,\n");
  const std::string open = Publish("4w");
  EXPECT_EQ(ProgressOf(open, "4w").expected(), 3);

  const auto agent = hospital_.StartAgent("4w-spare-07");
  const auto stranger = hospital_.StartAgent("pc-nobody-knows");
  const auto came = std::chrono::steady_clock::now();
  ASSERT_TRUE(Eventually([&] { return Noted("4w-spare-07", "display", open); }))
      << hospital_.Log("4w-spare-07") << hospital_.Log("broker");
  std::printf("unlisted, placed and showing the notice after %lld ms\n",
              static_cast<long long>((std::chrono::steady_clock::now() - came) / 1ms));
  EXPECT_EQ(WardOf("4w-spare-07"), "4w");
  EXPECT_TRUE(Of("4w-spare-07").endpoint().by_rule());
  EXPECT_EQ(ProgressOf(open, "4w").expected(), 4);
  EXPECT_TRUE(Eventually([&] { return ProgressOf(open, "4w").displayed() == 1; }));

  // No rule is about the other one: it is in the list, connected, and unplaced.
  EXPECT_TRUE(Eventually([&] { return Of("pc-nobody-knows").connected(); }));
  EXPECT_EQ(WardOf("pc-nobody-knows"), "");
  EXPECT_FALSE(Noted("pc-nobody-knows", "applied", open));

  // 07:00 the spare PCs have gone to the ICU; the administrator changes the rule, nobody goes to a
  // PC.
  const std::string icu = Publish("icu");
  Import("placement.csv", "pattern,ward,class,tags,site\n4W-SPARE-*,icu,STANDARD,,\n4W-*,4w,,,\n");
  ASSERT_TRUE(Eventually([&] { return Noted("4w-spare-07", "display", icu); }))
      << hospital_.Log("broker");
  EXPECT_TRUE(Eventually([&] { return Noted("4w-spare-07", "removed", open); }));
  EXPECT_EQ(WardOf("4w-spare-07"), "icu");
  EXPECT_EQ(ProgressOf(icu, "icu").expected(), 4);
  EXPECT_EQ(ProgressOf(open, "4w").expected(), 4) << "it was expected there, and has shown it";

  // 07:30 the rule goes: it is unplaced again.
  Import("placement.csv", "pattern,ward\n4w-pc-*,4w\n");
  EXPECT_TRUE(Eventually([&] { return WardOf("4w-spare-07").empty(); }));
}

// Somebody lists it after all. From then on no rule moves it.
TEST_F(UnlistedPc, OnceItIsListedItStaysWhereItIsListed) {
  Import("placement.csv", "pattern,ward\n4w-*,4w\n");
  const auto listed = hospital_.StartAgent("4w-cart-01");
  const auto by_rule = hospital_.StartAgent("4w-cart-02");
  ASSERT_TRUE(
      Eventually([&] { return WardOf("4w-cart-01") == "4w" && WardOf("4w-cart-02") == "4w"; }));
  Import("endpoints.csv", "id,name,ward,class,tags\n4w-cart-01,Cart 1,4w,,roaming\n");
  EXPECT_EQ(WardOf("4w-cart-01"), "4w");
  EXPECT_FALSE(Of("4w-cart-01").endpoint().by_rule());
  EXPECT_EQ(WardOf("4w-cart-02"), "4w") << "an import of other PCs takes it away";

  Import("placement.csv", "pattern,ward\n4w-*,icu\n");
  ASSERT_TRUE(Eventually([&] { return WardOf("4w-cart-02") == "icu"; }));
  EXPECT_EQ(WardOf("4w-cart-01"), "4w");
}

// A broker that is killed has forgotten nothing, and its next life finds who came meanwhile.
TEST_F(UnlistedPc, KeepsItsPlaceWhenTheBrokerIsKilled) {
  Import("placement.csv", "pattern,ward\n4w-*,4w\n");
  const auto agent = hospital_.StartAgent("4w-new-01");
  ASSERT_TRUE(Eventually([&] { return WardOf("4w-new-01") == "4w"; }));
  hospital_.KillBroker();
  const auto second = hospital_.StartAgent("4w-new-02");
  hospital_.StartBroker();
  EXPECT_EQ(WardOf("4w-new-01"), "4w");
  EXPECT_TRUE(Eventually([&] { return WardOf("4w-new-02") == "4w"; }, 60s));
}

// Two brokers of one store, and at each of them PCs that nobody has listed: one change at a time,
// none takes back what the other one has placed.
TEST(UnlistedPcs, AtTwoBrokersAreAllPlaced) {
  House house;
  for (const auto& [pattern, ward] : {std::pair("4w-*", "4w"), std::pair("icu-*", "icu")}) {
    v1::PlacementRule& rule = house.content.placement.emplace_back();
    rule.set_id(pattern);
    rule.set_ward_id(ward);
  }
  ASSERT_TRUE(house.store->ReplaceDirectory(house.content, std::nullopt, house.clock.Now()));
  const auto ask_every = std::chrono::milliseconds(50);
  BrokerPart east(house, MakeInProcessBus(), ask_every);
  BrokerPart west(house, MakeInProcessBus(), ask_every);
  std::map<std::string, std::unique_ptr<WardPc>> pcs;
  std::map<std::string, std::string> wanted;
  for (int i = 0; i < 20; ++i) {
    const std::string ward = i % 3 == 0 ? "icu" : "4w";
    const std::string id = ward + "-new-" + std::to_string(i);
    wanted[id] = ward;
    pcs[id] = std::make_unique<WardPc>(id);
    ASSERT_TRUE(pcs[id]->Connect(i % 2 == 0 ? east.hub : west.hub));
  }
  const auto placed = [&] {
    std::map<std::string, std::string> by_rule;
    const auto loaded = house.store->LoadDirectory();
    for (const v1::Endpoint& endpoint : loaded->first.endpoints) {
      if (endpoint.by_rule()) by_rule[endpoint.id()] = endpoint.ward_id();
    }
    return by_rule;
  };
  EXPECT_TRUE(Becomes([&] { return placed() == wanted; }));
  const v1::Alert alert = house.Publish(nullptr, "Lab down", {"4w"});
  for (const auto& [id, ward] : wanted) {
    EXPECT_TRUE(Gets(*pcs[id], ward == "4w" ? VersionsOf({alert}) : Held())) << id;
  }
  EXPECT_EQ(placed(), wanted);
  EXPECT_LE(alert.version(), 10) << "those of a broker were not placed together";
}

}  // namespace
}  // namespace wardcast::testing
