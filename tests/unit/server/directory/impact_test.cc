#include "server/directory/impact.h"

#include <gmock/gmock.h>

#include <string>
#include <vector>

#include "tests/unit/server/directory/hospital.h"

namespace wardcast {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

template <class T>
std::vector<std::string> IdsIn(const std::vector<const T*>& list) {
  std::vector<std::string> ids;
  ids.reserve(list.size());
  for (const T* one : list) ids.push_back(one->id());
  return ids;
}

// Lab results need the EHR, which needs the network. Ward "lab" depends on lab results, "or" on the
// EHR, "4w" on lab results and fax, "n-2" on fax.
class ImpactTest : public testing::Test {
 protected:
  const Directory directory_{Import(SmallHospital())->content, 1};
};

TEST_F(ImpactTest, WhatDependsOnTheServiceIsAffectedNearestFirst) {
  const Impact impact = ProposeImpact(directory_, {"network"});
  EXPECT_THAT(IdsIn(impact.affected), ElementsAre("ehr", "lab-results"));
  EXPECT_THAT(IdsIn(impact.wards), IsEmpty()) << "no ward says that it needs the network itself";
  EXPECT_THAT(IdsIn(impact.further_wards), ElementsAre("lab", "or", "4w"));
  EXPECT_THAT(IdsIn(impact.still_works), ElementsAre("fax"));
}

TEST_F(ImpactTest, WardsOfTheServiceComeBeforeThoseOfWhatDependsOnIt) {
  const Impact impact = ProposeImpact(directory_, {"ehr"});
  EXPECT_THAT(IdsIn(impact.affected), ElementsAre("lab-results"));
  EXPECT_THAT(IdsIn(impact.wards), ElementsAre("or"));
  EXPECT_THAT(IdsIn(impact.further_wards), ElementsAre("lab", "4w"));
}

TEST_F(ImpactTest, WhatOnlyOtherWardsNeedIsNoLineForThem) {
  const Impact impact = ProposeImpact(directory_, {"fax"});
  EXPECT_THAT(IdsIn(impact.affected), IsEmpty());
  EXPECT_THAT(IdsIn(impact.wards), ElementsAre("4w", "n-2"));
  EXPECT_THAT(IdsIn(impact.further_wards), IsEmpty());
  EXPECT_THAT(IdsIn(impact.still_works), ElementsAre("lab-results"));
}

TEST_F(ImpactTest, SeveralAtOnceLeaveNothingThatWorks) {
  const Impact impact = ProposeImpact(directory_, {"fax", "network"});
  EXPECT_THAT(IdsIn(impact.wards), ElementsAre("4w", "n-2"));
  EXPECT_THAT(IdsIn(impact.further_wards), ElementsAre("lab", "or"));
  EXPECT_THAT(IdsIn(impact.still_works), IsEmpty());
}

TEST_F(ImpactTest, AnUnknownServiceBringsNothing) {
  const Impact impact = ProposeImpact(directory_, {"no-such"});
  EXPECT_THAT(IdsIn(impact.affected), IsEmpty());
  EXPECT_THAT(IdsIn(impact.wards), IsEmpty());
  EXPECT_THAT(IdsIn(impact.still_works), IsEmpty());
}

TEST(ProposedImpact, ServicesThatNeedEachOtherEnd) {
  Files files = SmallHospital();
  files["services.csv"] =
      "id,name,team,depends_on\nlab-results,Lab,apps,ehr\nehr,EHR,apps,network;lab-results\n"
      "network,Network,infra,ehr\nfax,Fax,apps,\n";
  const Directory directory(Import(files)->content, 1);
  EXPECT_THAT(IdsIn(ProposeImpact(directory, {"network"}).affected),
              ElementsAre("ehr", "lab-results"));
}

}  // namespace
}  // namespace wardcast
