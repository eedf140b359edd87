#include "base/tls/signing_request.h"

#include <gmock/gmock.h>
#include <openssl/evp.h>

#include <random>

namespace wardcast {
namespace {

using ::testing::HasSubstr;

std::string ProblemOf(std::string_view der) {
  const auto key = ReadSigningRequest(der);
  return key ? "" : key.error().message;
}

TEST(SigningRequest, GivesTheKeyThatSignedIt) {
  const PrivateKey key = PrivateKey::Generate();
  const auto read = ReadSigningRequest(MakeSigningRequest(key, "4w-pc-03"));
  ASSERT_TRUE(read) << read.error().message;
  EXPECT_EQ(PublicSha256(read->get()), key.public_sha256());
  EXPECT_TRUE(ReadSigningRequest(MakeSigningRequest(key, std::string(200, 'x'))));
}

TEST(SigningRequest, RefusesWhatIsNone) {
  const std::string good = MakeSigningRequest(PrivateKey::Generate(), "x");
  EXPECT_THAT(ProblemOf(""), HasSubstr("missing"));
  EXPECT_THAT(ProblemOf("hello"), HasSubstr("not a PKCS #10"));
  EXPECT_THAT(ProblemOf(good + "x"), HasSubstr("not a PKCS #10"));
  EXPECT_THAT(ProblemOf(std::string(kMaxSigningRequest + 1, 'x')), HasSubstr("8 KiB"));
  std::string forged = good;
  forged.back() = static_cast<char>(forged.back() ^ 1);
  EXPECT_NE(ProblemOf(forged), "");
}

TEST(SigningRequest, RefusesOtherKinds) {
  const PkeyPtr rsa(EVP_RSA_gen(2048));
  const X509ReqPtr request(X509_REQ_new());
  X509_REQ_set_pubkey(request.get(), rsa.get());
  X509_REQ_sign(request.get(), rsa.get(), EVP_sha256());
  const BioPtr buffer = NewBuffer();
  i2d_X509_REQ_bio(buffer.get(), request.get());
  EXPECT_THAT(ProblemOf(TakeText(buffer.get())), HasSubstr("P-256"));
}

TEST(SigningRequest, NoBytesBreakIt) {
  std::mt19937 random(11);
  const std::string good = MakeSigningRequest(PrivateKey::Generate(), "x");
  for (int round = 0; round < 3'000; ++round) {
    std::string der = good.substr(0, 1 + random() % good.size());
    for (int i = 0; i < 4; ++i) der[random() % der.size()] = static_cast<char>(random() % 256);
    (void)ReadSigningRequest(der);  // must not crash
  }
}

}  // namespace
}  // namespace wardcast
