#include "server/alert/audience.h"

#include <gmock/gmock.h>

#include <ctime>
#include <string>
#include <vector>

#include "tests/unit/server/alert/notice.h"

namespace wardcast {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

ResolvedAudience Of(const std::string& json, const std::vector<std::string>& services = {}) {
  return Resolve(FromJson<v1::Audience>(json), services, Hospital());
}

std::vector<std::string> Ids(const ResolvedAudience::Endpoints& endpoints) {
  std::vector<std::string> ids;
  for (const v1::Endpoint* endpoint : endpoints) ids.push_back(endpoint->id());
  return ids;
}

std::vector<std::string> IdsOf(const std::string& json) { return Ids(Of(json).endpoints); }

std::vector<std::string> WardsOf(const ResolvedAudience& audience) {
  std::vector<std::string> wards;
  wards.reserve(audience.wards.size());
  for (const ResolvedAudience::Ward& ward : audience.wards) wards.push_back(ward.ward_id);
  return wards;
}

TEST(Audience, EveryoneIsEveryEndpointUnplacedOnesToo) {
  const ResolvedAudience all = Of(R"({"everyone":true})");
  EXPECT_EQ(all.endpoints.size(), 8u);
  EXPECT_EQ(all.expected_count(), 7);
  EXPECT_EQ(all.boards, 1);
  EXPECT_THAT(Ids(all.unplaced), ElementsAre("new-01"));
  EXPECT_THAT(WardsOf(all), ElementsAre("lab", "or", "4w", "n-2"));
}

TEST(Audience, PlacesAreAUnion) {
  EXPECT_THAT(WardsOf(Of(R"({"sites":["main"]})")), ElementsAre("lab", "or", "4w"));
  EXPECT_THAT(WardsOf(Of(R"({"buildings":["labs"],"wards":["n-2"]})")), ElementsAre("lab", "n-2"));
  EXPECT_THAT(WardsOf(Of(R"({"services":["fax"]})")), ElementsAre("4w", "n-2"));
  EXPECT_THAT(IdsOf(R"({"wards":["or"],"endpoints":["4w-pc-01","new-01"]})"),
              UnorderedElementsAre("or-pc-01", "4w-pc-01", "new-01"));
}

TEST(Audience, WithoutAPlaceTheWardsThatDependOnTheServices) {
  const ResolvedAudience from_services = Of("{}", {"lab-results"});
  EXPECT_TRUE(from_services.from_services);
  EXPECT_THAT(WardsOf(from_services), ElementsAre("lab", "4w"));
  EXPECT_FALSE(Of(R"({"wards":["or"]})", {"lab-results"}).from_services);
  EXPECT_THAT(WardsOf(Of(R"({"wards":["or"]})", {"lab-results"})), ElementsAre("or"));
  EXPECT_FALSE(Of("{}").from_services);
  EXPECT_THAT(IdsOf("{}"), IsEmpty());
}

TEST(Audience, EachGivenFilterMustMatchAndWithinOneAnyValue) {
  EXPECT_THAT(IdsOf(R"({"everyone":true,"classes":["CLINICAL"]})"),
              UnorderedElementsAre("or-pc-01", "lab-pc-01", "new-01"));
  EXPECT_THAT(IdsOf(R"({"everyone":true,"classes":["DOWNTIME","BOARD"]})"),
              UnorderedElementsAre("4w-downtime", "4w-board-01"));
  EXPECT_THAT(IdsOf(R"({"everyone":true,"tags":["roaming","other"]})"),
              UnorderedElementsAre("4w-pc-02"));
  EXPECT_THAT(IdsOf(R"({"everyone":true,"tags":["roaming"],"classes":["CLINICAL"]})"), IsEmpty());
  EXPECT_THAT(IdsOf(R"({"everyone":true,"roles":["ward manager"]})"), IsEmpty())
      << "a workstation has no role";
}

TEST(Audience, ExclusionsTakeOutAgain) {
  EXPECT_THAT(WardsOf(Of(R"({"everyone":true,"exclude":{"sites":["north"],"wards":["or"]}})")),
              ElementsAre("lab", "4w"));
  EXPECT_THAT(WardsOf(Of(R"({"sites":["main"],"exclude":{"buildings":["tower"]}})")),
              ElementsAre("lab"));
  EXPECT_THAT(IdsOf(R"({"wards":["4w"],"exclude":{"endpoints":["4w-pc-01"],"classes":["BOARD"]}})"),
              UnorderedElementsAre("4w-pc-02", "4w-downtime"));
  EXPECT_THAT(WardsOf(Of(R"({"sites":["main"],"exclude":{"classes":["CLINICAL"]}})")),
              ElementsAre("4w"))
      << "nobody is meant where all are of that class";
  EXPECT_THAT(IdsOf(R"({"wards":["4w"],"exclude":{"tags":["roaming"]}})"),
              UnorderedElementsAre("4w-pc-01", "4w-downtime", "4w-board-01"));
  EXPECT_THAT(IdsOf(R"({"endpoints":["4w-pc-01"],"exclude":{"wards":["4w"]}})"), IsEmpty())
      << "also a single endpoint is in no exclusion";
}

TEST(Audience, AWardThatIsNamedIsThereEvenWithoutAPcButNotIfOnlyAKindOfPcIsMeant) {
  EXPECT_THAT(WardsOf(Of(R"({"wards":["n-2"],"exclude":{"endpoints":["n-2-pc-01"]}})")),
              ElementsAre("n-2"));
  EXPECT_THAT(WardsOf(Of(R"({"sites":["main"],"classes":["DOWNTIME"]})")), ElementsAre("4w"));
}

TEST(Audience, UnknownIdsMatchNothing) {
  EXPECT_THAT(IdsOf(R"({"wards":["4x"],"sites":["x"],"endpoints":["x"]})"), IsEmpty());
}

TEST(Audience, FiftyThousandEndpointsTakeNoTime) {
  Files files = SmallHospital();
  std::string& wards = files["wards.csv"] = "id,name,building,type,services\n";
  std::string& endpoints = files["endpoints.csv"] = "id,name,ward,class,tags\n";
  for (int w = 0; w < 1'000; ++w) {
    const std::string ward = "w" + std::to_string(w);
    wards += ward + ",Ward,tower,inpatient,ehr\n";
    for (int i = 0; i < 50; ++i)
      endpoints += ward + "-pc-" + std::to_string(i) + ",,w" + std::to_string(w) + ",,\n";
  }
  const auto plan = Import(files);
  ASSERT_TRUE(plan) << plan.error().message;
  const Directory directory(plan->content, 1);
  const auto audience = FromJson<v1::Audience>(
      R"({"sites":["main"],"classes":["STANDARD"],"exclude":{"tags":["x"]}})");
  const std::clock_t began = std::clock();
  const ResolvedAudience resolved = Resolve(audience, {}, directory);
  const auto millis = static_cast<int>((std::clock() - began) * 1000 / CLOCKS_PER_SEC);
  EXPECT_EQ(resolved.expected_count(), 50'000);
  RecordProperty("resolve_ms", millis);
#ifdef __OPTIMIZE__
  EXPECT_LT(millis, 50);
#else
  EXPECT_LT(millis, 1'000);
#endif
}

}  // namespace
}  // namespace wardcast
