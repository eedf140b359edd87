// Who looks at a notice before it goes out, and how soon a change of that counts.
#include "server/api/alerts/approvers.h"

#include <gmock/gmock.h>

#include "tests/unit/server/api/alerts/alert_scene.h"

namespace wardcast {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;

class ApproversTest : public testing::AlertScene {
 protected:
  void Name(const std::string& name) {
    v1::Account account;
    account.set_name(name);
    account.add_assignments()->set_role("house-supervisor");
    ASSERT_TRUE(store_->people()->PutAccount(account, clock_.Now()));
  }
};

TEST_F(ApproversTest, ANewOneCountsAtOnceWhereHeIsNamed) {
  Approvers here(store_->people(), std::chrono::hours(1));
  Approvers there(store_->people(), std::chrono::hours(1));
  EXPECT_THAT(*here.Read().value(), IsEmpty());
  EXPECT_THAT(*there.Read().value(), IsEmpty());
  Name("lena");
  EXPECT_THAT(*here.Read().value(), IsEmpty()) << "nobody has said so";
  here.Forget();
  EXPECT_THAT(*here.Read().value(), SizeIs(1));
  EXPECT_THAT(*there.Read().value(), IsEmpty()) << "another broker asks when it has forgotten";
}

TEST_F(ApproversTest, WhatIsOldIsAskedAgain) {
  Approvers approvers(store_->people(), std::chrono::milliseconds(0));
  EXPECT_THAT(*approvers.Read().value(), IsEmpty());
  Name("lena");
  EXPECT_THAT(*approvers.Read().value(), SizeIs(1));
}

}  // namespace
}  // namespace wardcast
