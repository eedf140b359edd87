#include "base/signature.h"

#include <gtest/gtest.h>

#include <string>

#include "base/bytes.h"
#include "wardcast/v1/alert.pb.h"

namespace wardcast {
namespace {

TEST(Signature, WhatWasSignedVerifiesAndNothingElseDoes) {
  const SigningKey key = SigningKey::Generate();
  const std::string payload("lab\0results", 11);
  const std::string signature = key.SignAlert(payload);
  EXPECT_EQ(signature.size(), 64u);
  EXPECT_TRUE(key.public_key().VerifyAlert(payload, signature));
  EXPECT_FALSE(key.public_key().VerifyAlert(payload + "!", signature));
  EXPECT_FALSE(key.public_key().VerifyAlert(payload, signature.substr(1)));
  EXPECT_FALSE(key.public_key().VerifyAlert(payload, ""));
  std::string flipped = signature;
  flipped[5] ^= 1;
  EXPECT_FALSE(key.public_key().VerifyAlert(payload, flipped));
  EXPECT_FALSE(SigningKey::Generate().public_key().VerifyAlert(payload, signature));
}

TEST(Signature, ASealedAlertNamesItsKey) {
  const SigningKey key = SigningKey::Generate();
  v1::Alert alert;
  alert.set_headline("Lab results are not reaching the EHR");
  const v1::SignedAlert sealed = key.Seal(alert);
  EXPECT_TRUE(key.public_key().VerifyAlert(sealed.payload(), sealed.signature()));
  EXPECT_EQ(sealed.key_id(), key.id());
  v1::Alert read;
  ASSERT_TRUE(read.ParseFromString(sealed.payload()));
  EXPECT_EQ(read.headline(), alert.headline());
}

TEST(Signature, KeysSurviveTheirFiles) {
  const SigningKey key = SigningKey::Generate();
  const auto read = SigningKey::FromPem(key.ToPem());
  ASSERT_TRUE(read);
  EXPECT_EQ(read->id(), key.id());
  const auto pub = VerifyingKey::FromPem(key.public_key().ToPem());
  ASSERT_TRUE(pub);
  EXPECT_EQ(pub->id(), key.id());
  EXPECT_EQ(pub->id().size(), 16u);
  EXPECT_TRUE(pub->VerifyAlert("x", read->SignAlert("x")));
}

TEST(Signature, WhatIsNoKeyIsRefused) {
  EXPECT_FALSE(SigningKey::FromPem("").has_value());
  EXPECT_FALSE(SigningKey::FromPem("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n")
                   .has_value());
  EXPECT_FALSE(VerifyingKey::FromPem(SigningKey::Generate().ToPem()).has_value());
}

}  // namespace
}  // namespace wardcast
