// A fresh installation sends its first sensible notice with two commands, as the README says.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "base/file.h"
#include "tests/programs/secure_broker.h"

namespace wardcast::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

TEST(FreshInstallation, SendsItsFirstSensibleNoticeWithTwoCommands) {
  const SecureBroker broker;
  const Said token = broker.Admin({"token", "create", "first-notice", "--role", "service-desk"});
  ASSERT_EQ(token.code, 0) << token.text;
  // What `$(…)` takes: the last line, without its end.
  std::string secret = token.text.substr(0, token.text.find_last_not_of('\n') + 1);
  secret = secret.substr(secret.rfind('\n') + 1);
  const auto file = broker.place() / "token";
  ASSERT_TRUE(WriteSecretFile(file, secret + "\n"));
  const auto wardcast = [&](std::vector<std::string> words) {
    std::vector<std::string> all{
        "wardcast",     "--broker", broker.grpc(), "--ca", broker.folder() / "tls" / "ca.pem",
        "--token-file", file};
    all.insert(all.end(), words.begin(), words.end());
    return broker.Run(all);
  };
  const Said published = wardcast(
      {"publish", "--template", "looking-into-it", "--service", "inpatient-ehr", "--everyone"});
  EXPECT_EQ(published.code, 0) << published.text;
  EXPECT_THAT(published.text, StartsWith("published "));

  // It is a sensible one: what, since when, what to do, when more is said.
  const std::string id = published.text.substr(10, 26);
  const Said shown = wardcast({"show", id});
  EXPECT_EQ(shown.code, 0) << shown.text;
  for (const char* part : {"Inpatient EHR", "WARNING", "looking into it", "downtime procedure",
                           "next update", "since"}) {
    EXPECT_THAT(shown.text, HasSubstr(part));
  }
  EXPECT_THAT(shown.text, Not(HasSubstr("{"))) << "no blank is left";
}

}  // namespace
}  // namespace wardcast::testing
