#include "agent/station/gatekeeper.h"

#include <gtest/gtest.h>

#include "base/ulid.h"

namespace wardcast::agent {
namespace {

SignedBytes Signed(const SigningKey& key) {
  v1::Alert alert;
  alert.set_id(NewUlid(TimePoint{}));
  alert.set_headline("Lab results are not reaching the EHR");
  SignedBytes bytes;
  bytes.payload = alert.SerializeAsString();
  bytes.signature = key.SignAlert(bytes.payload);
  return bytes;
}

TEST(Gatekeeper, AdmitsExactlyWhatTheKeySigned) {
  const SigningKey key = SigningKey::Generate();
  const SignedBytes good = Signed(key);
  EXPECT_EQ(Admit(key.public_key(), good)->alert.headline(),
            "Lab results are not reaching the EHR");

  SignedBytes changed = good;
  changed.payload[changed.payload.size() - 1] ^= 1;
  EXPECT_EQ(Admit(key.public_key(), changed).error().code, Code::kPermissionDenied);
  SignedBytes cut = good;
  cut.signature.resize(63);
  EXPECT_FALSE(Admit(key.public_key(), cut));
  SignedBytes bare = good;
  bare.signature.clear();
  EXPECT_FALSE(Admit(key.public_key(), bare));
  EXPECT_FALSE(Admit(SigningKey::Generate().public_key(), good));
}

TEST(Gatekeeper, ASignedPayloadThatIsNoAlertIsNotAdmitted) {
  const SigningKey key = SigningKey::Generate();
  for (const std::string& payload : {std::string(), std::string("\xff\xff\xff", 3)}) {
    EXPECT_EQ(Admit(key.public_key(), {payload, key.SignAlert(payload), ""}).error().code,
              Code::kDataLoss);
  }
}

TEST(Gatekeeper, TheClaimedIdIsTakenOnlyIfItIsOne) {
  const SignedBytes bytes = Signed(SigningKey::Generate());
  EXPECT_TRUE(ClaimedAlertId(bytes.payload));
  EXPECT_FALSE(ClaimedAlertId(""));
  EXPECT_FALSE(ClaimedAlertId(bytes.payload.substr(0, 27)));
  EXPECT_FALSE(ClaimedAlertId("\x0a\x1a../../../../etc/passwd0000"));
}

}  // namespace
}  // namespace wardcast::agent
