#include "server/directory/directory.h"

#include <gmock/gmock.h>

#include <string>
#include <vector>

#include "tests/unit/server/directory/hospital.h"

namespace wardcast {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::vector<std::string> IdsOf(const std::vector<const v1::Ward*>& wards) {
  std::vector<std::string> ids;
  ids.reserve(wards.size());
  for (const v1::Ward* ward : wards) ids.push_back(ward->id());
  return ids;
}

class DirectoryTest : public testing::Test {
 protected:
  const Directory directory_{Import(SmallHospital())->content, 7};
};

TEST_F(DirectoryTest, FindsById) {
  EXPECT_EQ(directory_.version(), 7);
  EXPECT_EQ(directory_.FindSite("north")->zone(), "America/Los_Angeles");
  EXPECT_EQ(directory_.FindBuilding("labs")->site_id(), "main");
  EXPECT_EQ(directory_.FindWard("4w")->name(), "4 West");
  EXPECT_EQ(directory_.FindEndpoint("or-pc-01")->ward_id(), "or");
  EXPECT_EQ(directory_.FindTeam("apps")->name(), "Applications");
  EXPECT_EQ(directory_.FindService("ehr")->team_id(), "apps");
  EXPECT_EQ(directory_.FindWard("4x"), nullptr);
  EXPECT_EQ(directory_.SiteOfWard("n-2")->id(), "north");
  EXPECT_EQ(directory_.SiteOfWard("4x"), nullptr);
}

TEST_F(DirectoryTest, WardsComeInTheOrderInWhichARunnerWalks) {
  EXPECT_THAT(IdsOf(directory_.WardsInOrder()), ElementsAre("lab", "or", "4w", "n-2"));
}

TEST_F(DirectoryTest, EndpointsOfAWardAndOfNone) {
  EXPECT_EQ(directory_.EndpointsOfWard("4w").size(), 4u);
  EXPECT_EQ(directory_.EndpointsOfWard("").size(), 1u);
  EXPECT_THAT(directory_.EndpointsOfWard("4x"), IsEmpty());
}

TEST_F(DirectoryTest, ClassFollowsTheEndpointThenTheWardType) {
  const auto class_of = [&](const char* id) {
    return directory_.ClassOf(*directory_.FindEndpoint(id));
  };
  EXPECT_EQ(class_of("4w-pc-01"), v1::EndpointClass::STANDARD);
  EXPECT_EQ(class_of("or-pc-01"), v1::EndpointClass::CLINICAL);
  EXPECT_EQ(class_of("lab-pc-01"), v1::EndpointClass::CLINICAL);
  EXPECT_EQ(class_of("4w-downtime"), v1::EndpointClass::DOWNTIME);
  EXPECT_EQ(class_of("4w-board-01"), v1::EndpointClass::BOARD);
  EXPECT_EQ(class_of("new-01"), v1::EndpointClass::CLINICAL);
  v1::Endpoint unknown;
  unknown.set_id("nobody-knows");
  EXPECT_EQ(directory_.ClassOf(unknown), v1::EndpointClass::CLINICAL);
}

TEST_F(DirectoryTest, AWardDependsOnAServiceAlsoThroughOthers) {
  EXPECT_THAT(IdsOf(directory_.WardsDependingOn({"lab-results"})), ElementsAre("lab", "4w"));
  EXPECT_THAT(IdsOf(directory_.WardsDependingOn({"network"})), ElementsAre("lab", "or", "4w"));
  EXPECT_THAT(IdsOf(directory_.WardsDependingOn({"fax", "ehr"})),
              ElementsAre("lab", "or", "4w", "n-2"));
  EXPECT_THAT(IdsOf(directory_.WardsDependingOn({"nothing"})), IsEmpty());
  EXPECT_THAT(IdsOf(directory_.WardsDependingOn({})), IsEmpty());
}

TEST(DirectoryOfACircle, ServicesThatNeedEachOtherEnd) {
  Files files = SmallHospital();
  files["services.csv"] =
      "id,name,team,depends_on\nlab-results,L,apps,ehr\nehr,E,apps,lab-results\nnetwork,N,infra,\n"
      "fax,F,apps,\n";
  const Directory directory(Import(files)->content, 1);
  EXPECT_THAT(IdsOf(directory.WardsDependingOn({"ehr"})), ElementsAre("lab", "or", "4w"));
}

}  // namespace
}  // namespace wardcast
