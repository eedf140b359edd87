#include "server/directory/placement/placement.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "server/directory/placement/pattern.h"
#include "tests/unit/server/directory/hospital.h"

namespace wardcast {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr std::size_t kPlenty = 1'000;

TEST(Pattern, StarsAndQuestionMarks) {
  EXPECT_TRUE(FitsPattern("4w-pc-01", "4w-*"));
  EXPECT_TRUE(FitsPattern("4w-", "4w-*"));
  EXPECT_TRUE(FitsPattern("4w-pc-01", "*"));
  EXPECT_TRUE(FitsPattern("4w-pc-01", "4w-pc-??"));
  EXPECT_TRUE(FitsPattern("4w-pc-01", "4w-pc-01"));
  EXPECT_TRUE(FitsPattern("4w-pc-01", "*-pc-*"));
  EXPECT_TRUE(FitsPattern("4w-pc-pc-01", "*-pc-0?"));
  EXPECT_TRUE(FitsPattern("4w-pc-01", "**4w***01**"));
  EXPECT_FALSE(FitsPattern("4w-pc-01", "4w-pc-?"));
  EXPECT_FALSE(FitsPattern("4w-pc-01", "4w-pc"));
  EXPECT_FALSE(FitsPattern("4w-pc-01", "4w-pc-01?"));
  EXPECT_FALSE(FitsPattern("14w-pc-01", "4w-*"));
  EXPECT_FALSE(FitsPattern("4w-pc-01", "*-pc-02"));
  EXPECT_FALSE(FitsPattern("4w.pc.01", "4w-*"));
  EXPECT_FALSE(FitsPattern("x", ""));
}

// The straightforward definition, which takes for ever on what an attacker would write.
bool FitsByDefinition(std::string_view id, std::string_view pattern) {
  if (pattern.empty()) return id.empty();
  if (pattern.front() == '*') {
    return FitsByDefinition(id, pattern.substr(1)) ||
           (!id.empty() && FitsByDefinition(id.substr(1), pattern));
  }
  return !id.empty() && (pattern.front() == '?' || pattern.front() == id.front()) &&
         FitsByDefinition(id.substr(1), pattern.substr(1));
}

// Every word of up to `length` of these letters.
std::vector<std::string> Words(std::string_view letters, std::size_t length) {
  std::vector<std::string> words{""};
  for (std::size_t from = 0; length > 0; --length) {
    const std::size_t end = words.size();
    for (; from < end; ++from) {
      for (const char letter : letters) words.push_back(words[from] + letter);
    }
  }
  return words;
}

TEST(Pattern, FitsWhatTheDefinitionSays) {
  for (const std::string& pattern : Words("ab*?", 5)) {
    for (const std::string& id : Words("ab", 5)) {
      ASSERT_EQ(FitsPattern(id, pattern), FitsByDefinition(id, pattern)) << id << " " << pattern;
    }
  }
}

TEST(Pattern, ManyStarsTakeNoTime) {
  std::string pattern;
  while (pattern.size() < 78) pattern += "*a";
  pattern += "*b";
  const std::string id(80, 'a');
  for (int i = 0; i < 10'000; ++i) ASSERT_FALSE(FitsPattern(id, pattern));
}

TEST(Pattern, ComesInLowerCaseAndIsChecked) {
  EXPECT_EQ(PatternFrom("4W-PC_*.?"), "4w-pc_*.?");
  EXPECT_EQ(PatternFault("4w-pc_*.?"), "");
  EXPECT_EQ(PatternFault(std::string(80, '*')), "");
  EXPECT_THAT(PatternFault(""), HasSubstr("is empty"));
  for (const std::string& bad : {std::string(81, 'a'), std::string("4W"), std::string("a b"),
                                 std::string("[ab]"), std::string("ä"), std::string("a\0b", 3)}) {
    EXPECT_THAT(PatternFault(bad), HasSubstr("is no pattern")) << bad;
  }
}

v1::PlacementRule Rule(const std::string& pattern, const std::string& ward, int order,
                       const std::string& site = "") {
  v1::PlacementRule rule;
  rule.set_id(pattern);
  rule.set_ward_id(ward);
  rule.set_order(order);
  rule.set_site_id(site);
  return rule;
}

// The small hospital with these rules and, by rule, these endpoints.
DirectoryContent WithRules(std::vector<v1::PlacementRule> rules) {
  auto plan = Import(SmallHospital());
  EXPECT_TRUE(plan) << plan.error().message;
  DirectoryContent content = std::move(plan->content);
  content.placement = std::move(rules);
  std::ranges::sort(content.placement, {}, &v1::PlacementRule::id);
  return content;
}

// "id ward" of those by rule.
std::vector<std::string> ByRule(const std::vector<v1::Endpoint>& endpoints) {
  std::vector<std::string> lines;
  for (const v1::Endpoint& endpoint : endpoints) {
    if (endpoint.by_rule()) lines.push_back(endpoint.id() + " " + endpoint.ward_id());
  }
  return lines;
}

TEST(PlacementRules, TheFirstRuleThatFitsCountsByItsOrder) {
  const std::vector<v1::PlacementRule> rules{Rule("*", "lab", 9), Rule("4w-*", "4w", 1),
                                             Rule("4w-or-*", "or", 0)};
  const PlacementRules placement(rules);
  EXPECT_EQ(placement.Place("4w-or-01", "")->ward_id(), "or");
  EXPECT_EQ(placement.Place("4w-07", "")->ward_id(), "4w");
  EXPECT_EQ(placement.Place("elsewhere", "")->ward_id(), "lab");
}

TEST(PlacementRules, OfTheSameOrderThePatternsDecide) {
  const std::vector<v1::PlacementRule> rules{Rule("a-*", "lab", 1), Rule("a*", "4w", 1)};
  EXPECT_EQ(PlacementRules(rules).Place("a-1", "")->ward_id(), "4w") << "'*' comes before '-'";
}

TEST(PlacementRules, AnEndpointGetsWhatItsRuleSays) {
  v1::PlacementRule rule = Rule("cart-*", "4w", 1);
  rule.set_class_(v1::EndpointClass::DOWNTIME);
  rule.add_tags("roaming");
  const std::vector<v1::PlacementRule> rules{rule};
  const auto endpoint = PlacementRules(rules).Place("cart-7", "");
  ASSERT_TRUE(endpoint);
  EXPECT_EQ(endpoint->id(), "cart-7");
  EXPECT_EQ(endpoint->name(), "cart-7");
  EXPECT_EQ(endpoint->class_(), v1::EndpointClass::DOWNTIME);
  EXPECT_THAT(endpoint->tags(), ElementsAre("roaming"));
  EXPECT_TRUE(endpoint->by_rule());
}

TEST(PlacementRules, ARuleOfASiteFitsOnlyMachinesThatEnrolledThere) {
  const std::vector<v1::PlacementRule> rules{Rule("pc-*", "4w", 1, "main"),
                                             Rule("pc-0*", "n-2", 2, "north")};
  const PlacementRules placement(rules);
  EXPECT_EQ(placement.Place("pc-01", "main")->ward_id(), "4w");
  EXPECT_EQ(placement.Place("pc-01", "north")->ward_id(), "n-2");
  EXPECT_FALSE(placement.Place("pc-11", "north"));
  EXPECT_FALSE(placement.Place("pc-01", "")) << "nobody knows where it enrolled";
}

TEST(PlaceByRules, WhoIsNotListedIsPlacedAndWhoIsStays) {
  const DirectoryContent content = WithRules({Rule("4w-*", "4w", 1), Rule("new-*", "lab", 2)});
  const Placed placed = PlaceByRules(
      content, {{"4w-new", {}}, {"4w-pc-01", {}}, {"new-01", {}}, {"no-rule", {}}}, kPlenty);
  EXPECT_THAT(ByRule(placed.endpoints), ElementsAre("4w-new 4w"));
  EXPECT_EQ(placed.added, 1);
  EXPECT_TRUE(placed.changed());
  EXPECT_TRUE(std::ranges::is_sorted(placed.endpoints, {}, &v1::Endpoint::id));
  EXPECT_EQ(placed.endpoints.size(), content.endpoints.size() + 1);
  const auto listed = std::ranges::find(placed.endpoints, "new-01", &v1::Endpoint::id);
  EXPECT_EQ(listed->ward_id(), "") << "listed as unplaced: a person has said so";
}

TEST(PlaceByRules, ASecondLookChangesNothing) {
  DirectoryContent content = WithRules({Rule("4w-*", "4w", 1)});
  const Machines machines{{"4w-new", {}}, {"4w-newer", {}}};
  content.endpoints = PlaceByRules(content, machines, kPlenty).endpoints;
  const Placed again = PlaceByRules(content, machines, kPlenty);
  EXPECT_FALSE(again.changed());
  EXPECT_EQ(again.endpoints.size(), content.endpoints.size());
  // Nor when they are switched off.
  EXPECT_FALSE(PlaceByRules(content, {}, kPlenty).changed());
}

TEST(PlaceByRules, WhenTheRulesChangeEndpointsMoveAndGo) {
  DirectoryContent content = WithRules({Rule("4w-*", "4w", 1), Rule("x-*", "lab", 2)});
  content.endpoints =
      PlaceByRules(content, {{"4w-new", {}}, {"x-1", {}}, {"4w-or-1", {}}}, kPlenty).endpoints;
  content.placement = {Rule("4w-*", "4w", 2), Rule("4w-or-*", "or", 1)};
  const Placed placed = PlaceByRules(content, {}, kPlenty);
  EXPECT_THAT(ByRule(placed.endpoints), ElementsAre("4w-new 4w", "4w-or-1 or"));
  EXPECT_EQ(placed.moved, 1);
  EXPECT_EQ(placed.removed, 1);
  EXPECT_EQ(placed.added, 0);

  content.placement[0].set_class_(v1::EndpointClass::CLINICAL);
  content.placement[0].add_tags("ring-1");
  content.endpoints = placed.endpoints;
  EXPECT_EQ(PlaceByRules(content, {}, kPlenty).moved, 1) << "class and tags are the rule's too";

  content.placement.clear();
  EXPECT_EQ(PlaceByRules(content, {{"4w-new", {}}}, kPlenty).removed, 2);
}

TEST(PlaceByRules, TheSiteIsTheOneOfTheToken) {
  DirectoryContent content = WithRules({Rule("pc-*", "n-2", 1, "north")});
  const Machines machines{{"pc-1", {.site_id = "north"}}, {"pc-2", {.site_id = "main"}}};
  const Placed placed = PlaceByRules(content, machines, kPlenty);
  EXPECT_THAT(ByRule(placed.endpoints), ElementsAre("pc-1 n-2"));
  content.endpoints = placed.endpoints;
  EXPECT_FALSE(PlaceByRules(content, machines, kPlenty).changed());
}

TEST(PlaceByRules, ARevokedMachineHasNoPlace) {
  DirectoryContent content = WithRules({Rule("4w-*", "4w", 1)});
  const Machines revoked{{"4w-new", {.site_id = "main", .revoked = true}}};
  EXPECT_FALSE(PlaceByRules(content, revoked, kPlenty).changed());
  content.endpoints = PlaceByRules(content, {{"4w-new", {}}}, kPlenty).endpoints;
  EXPECT_EQ(PlaceByRules(content, revoked, kPlenty).removed, 1);
}

TEST(PlaceByRules, ThereIsALimit) {
  DirectoryContent content = WithRules({Rule("*", "4w", 1)});
  Machines machines{{"a", {}}, {"b", {}}, {"c", {}}};
  const Placed placed = PlaceByRules(content, machines, 2);
  EXPECT_THAT(ByRule(placed.endpoints), ElementsAre("a 4w", "b 4w"));
  EXPECT_EQ(placed.left_out, 1);
  content.endpoints = placed.endpoints;
  EXPECT_FALSE(PlaceByRules(content, machines, 2).changed());
}

const std::string kRules = "pattern,ward,class,tags,site,order\n";

TEST(ImportRules, TakesPatternsInAnyCaseAndTheFilesOrder) {
  Files files = SmallHospital();
  files["placement.csv"] =
      "pattern,ward,class,tags,site\n4W-OR-*,or,CLINICAL,ring-1;roaming,main\n4W-*,4w,,,\n";
  const auto plan = Import(files);
  ASSERT_TRUE(plan) << plan.error().message;
  const auto& rules = plan->content.placement;
  ASSERT_EQ(rules.size(), 2u);
  EXPECT_EQ(rules[0].id(), "4w-*");
  EXPECT_EQ(rules[0].order(), 2);
  EXPECT_EQ(rules[1].id(), "4w-or-*");
  EXPECT_EQ(rules[1].order(), 1);
  EXPECT_EQ(rules[1].class_(), v1::EndpointClass::CLINICAL);
  EXPECT_THAT(rules[1].tags(), ElementsAre("ring-1", "roaming"));
  EXPECT_EQ(rules[1].site_id(), "main");
}

TEST(ImportRules, AnOrderThatIsWrittenCountsAndAnEmptyOneIsThePosition) {
  Files files = SmallHospital();
  files["placement.csv"] = kRules + "a*,4w,,,,20\nb*,4w,,,,\nc*,4w,,,,0\n";
  const auto plan = Import(files);
  ASSERT_TRUE(plan) << plan.error().message;
  EXPECT_EQ(plan->content.placement[0].order(), 20);
  EXPECT_EQ(plan->content.placement[1].order(), 2);
  EXPECT_EQ(plan->content.placement[2].order(), 0);
}

// What an import of these rules is refused with.
std::string Refusal(const std::string& rules) {
  Files files = SmallHospital();
  files["placement.csv"] = rules;
  const auto plan = Import(files);
  EXPECT_FALSE(plan) << rules.substr(0, 200);
  return plan ? "" : plan.error().message;
}

TEST(ImportRules, EveryFaultIsNamedWithItsPlace) {
  EXPECT_THAT(Refusal(kRules + "4w *,4w,,,,\n"), HasSubstr("placement.csv:2: pattern: is no patt"));
  EXPECT_THAT(Refusal(kRules + ",4w,,,,\n"), HasSubstr("pattern: is empty"));
  EXPECT_THAT(Refusal(kRules + "4w-*,,,,,\n"), HasSubstr("ward: is empty"));
  EXPECT_THAT(Refusal(kRules + "4w-*,4v,,,,\n"), HasSubstr("there is no ward \"4v\""));
  EXPECT_THAT(Refusal(kRules + "4w-*,4w,,,mian,\n"), HasSubstr("did you mean \"main\"?"));
  EXPECT_THAT(Refusal(kRules + "4w-*,4w,PC,,,\n"), HasSubstr("class: \"PC\" is no class"));
  EXPECT_THAT(Refusal(kRules + "4w-*,4w,,Ring 1,,\n"), HasSubstr("tags: "));
  EXPECT_THAT(Refusal(kRules + "4w-*,4w,,,,first\n"), HasSubstr("order: "));
  EXPECT_THAT(Refusal(kRules + "4w-*,4w,,,,1\n4W-*,or,,,,2\n"),
              HasSubstr("placement.csv:3: pattern: \"4w-*\" is there twice"));
  EXPECT_THAT(Refusal("pattern,class\n4w-*,\n"), HasSubstr("column \"ward\" is missing"));
  std::string many = kRules;
  for (int i = 0; i < 2'001; ++i) many += "pc-" + std::to_string(i) + ",4w,,,,\n";
  EXPECT_THAT(Refusal(many), HasSubstr("has 2001 rules, at most 2000 fit"));
}

// A hospital whose rules have placed 4w-new and or-new.
DirectoryContent Placing() {
  DirectoryContent content = WithRules({Rule("4w-*", "4w", 1), Rule("or-*", "or", 2)});
  content.endpoints = PlaceByRules(content, {{"4w-new", {}}, {"or-new", {}}}, kPlenty).endpoints;
  return content;
}

TEST(ImportRules, AnImportOfEndpointsLeavesThoseByRule) {
  const DirectoryContent content = Placing();
  const auto same = Import({{"endpoints.csv", SmallHospital().at("endpoints.csv")}}, content);
  ASSERT_TRUE(same) << same.error().message;
  EXPECT_THAT(ByRule(same->content.endpoints), ElementsAre("4w-new 4w", "or-new or"));
  EXPECT_TRUE(std::ranges::is_sorted(same->content.endpoints, {}, &v1::Endpoint::id));
  EXPECT_EQ(same->counts[0].unchanged(), 8);
  EXPECT_EQ(same->counts[0].added() + same->counts[0].changed() + same->counts[0].removed(), 0);

  // Seven of the eight go, none of those by rule.
  const auto fewer = Import({{"endpoints.csv", "id,ward\nnew-01,\n"}}, content);
  ASSERT_TRUE(fewer) << fewer.error().message;
  EXPECT_EQ(fewer->counts[0].removed(), 7);
  EXPECT_THAT(ByRule(fewer->content.endpoints), ElementsAre("4w-new 4w", "or-new or"));
}

TEST(ImportRules, WhoIsListedFollowsTheRulesNoMore) {
  Files files{{"endpoints.csv", SmallHospital().at("endpoints.csv") + "4w-new,,lab,,\n"}};
  const auto plan = Import(files, Placing());
  ASSERT_TRUE(plan) << plan.error().message;
  EXPECT_EQ(plan->counts[0].changed(), 1);
  EXPECT_EQ(plan->counts[0].added() + plan->counts[0].removed(), 0);
  EXPECT_THAT(ByRule(plan->content.endpoints), ElementsAre("or-new or"));
  const Placed placed = PlaceByRules(plan->content, {{"4w-new", {}}}, kPlenty);
  EXPECT_FALSE(placed.changed());
}

// A ward that closes: nobody has listed its PCs by rule, so no file can be asked to drop them.
TEST(ImportRules, AWardThatGoesTakesItsPcsByRuleWithIt) {
  Files files = SmallHospital();
  std::string& wards = files["wards.csv"];
  wards.erase(wards.find("or,OR,"), std::string("or,OR,tower,or,1,ehr\n").size());
  std::string& endpoints = files["endpoints.csv"];
  endpoints.erase(endpoints.find("or-pc-01"), std::string("or-pc-01,,or,,\n").size());
  const auto refused = Import(files, Placing());
  ASSERT_FALSE(refused);
  EXPECT_THAT(refused.error().message,
              HasSubstr("\"or-*\" in placement.csv needs it: import placement.csv along with it"));
  files["placement.csv"] = kRules + "4w-*,4w,,,,1\n";
  const auto plan = Import(files, Placing());
  ASSERT_TRUE(plan) << plan.error().message;
  EXPECT_THAT(ByRule(plan->content.endpoints), ElementsAre("4w-new 4w"));
  const auto& counts = plan->counts;
  const auto of_endpoints = std::ranges::find(counts, "endpoints.csv", &v1::ImportCount::file);
  EXPECT_EQ(of_endpoints->removed(), 2) << "or-pc-01, and or-new until a rule places it again";
}

}  // namespace
}  // namespace wardcast
