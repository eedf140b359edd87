// The arithmetic of proving who you are: codes by the vectors of the RFCs, one verification each,
// growing delays.
#include <gtest/gtest.h>

#include "server/access/people/password.h"
#include "server/access/people/person.h"
#include "server/access/people/throttle.h"
#include "server/access/people/totp.h"

namespace wardcast {
namespace {

using namespace std::chrono_literals;

constexpr TimePoint kNoon{std::chrono::milliseconds(1'772'366'400'000)};
constexpr PasswordCost kLittle{.operations = 1, .memory_bytes = 8192};

// "12345678901234567890" in base32.
constexpr char kRfcSecret[] = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

TEST(Totp, CodesAreThoseOfRfc6238) {
  const std::pair<std::int64_t, const char*> vectors[] = {{59, "94287082"},
                                                          {1'111'111'109, "07081804"},
                                                          {1'111'111'111, "14050471"},
                                                          {1'234'567'890, "89005924"},
                                                          {2'000'000'000, "69279037"},
                                                          {20'000'000'000, "65353130"}};
  for (const auto& [at, code] : vectors) EXPECT_EQ(TotpCode(kRfcSecret, at / 30, 8), code) << at;
}

TEST(Totp, CodesAreThoseOfRfc4226) {
  const char* const codes[] = {"755224", "287082", "359152", "969429", "338314",
                               "254676", "287922", "162583", "399871", "520489"};
  for (int i = 0; i < 10; ++i) EXPECT_EQ(TotpCode(kRfcSecret, i), codes[i]) << i;
}

TEST(Totp, AClockMayBeAStepOffAndNotMore) {
  const std::int64_t step = kNoon.time_since_epoch() / 30s;
  const std::string code = *TotpCode(kRfcSecret, step);
  EXPECT_EQ(TotpStepOf(kRfcSecret, code, kNoon), step);
  EXPECT_EQ(TotpStepOf(kRfcSecret, code, kNoon + 30s), step);
  EXPECT_EQ(TotpStepOf(kRfcSecret, code, kNoon - 30s), step);
  EXPECT_FALSE(TotpStepOf(kRfcSecret, code, kNoon + 90s).has_value());
  EXPECT_FALSE(TotpStepOf(kRfcSecret, "", kNoon).has_value());
  EXPECT_FALSE(TotpCode("not base32!", 1).has_value());
}

TEST(Totp, SecretsHave160BitsAndDiffer) {
  EXPECT_EQ(NewTotpSecret().size(), 32u);
  EXPECT_NE(NewTotpSecret(), NewTotpSecret());
  EXPECT_TRUE(TotpCode(NewTotpSecret(), 1).has_value());
}

TEST(Passwords, AreHashedWithArgon2id) {
  PasswordHasher hasher(kLittle);
  const std::string hash = hasher.Hash("correct horse battery").value();
  EXPECT_TRUE(hash.starts_with("$argon2id$")) << hash;
  EXPECT_NE(hash, hasher.Hash("correct horse battery").value());
  EXPECT_TRUE(hasher.Verify(hash, "correct horse battery"));
  EXPECT_FALSE(hasher.Verify(hash, "correct horse batterz"));
}

TEST(Passwords, AnUnknownAccountCostsOneVerificationAsAWrongPasswordDoes) {
  PasswordHasher hasher(kLittle);
  const std::string hash = hasher.Hash("correct horse battery").value();
  const std::uint64_t before = hasher.verifications();
  EXPECT_FALSE(hasher.Verify("", "whatever it is"));
  EXPECT_EQ(hasher.verifications(), before + 1);
  EXPECT_FALSE(hasher.Verify(hash, "whatever it is"));
  EXPECT_EQ(hasher.verifications(), before + 2);
}

TEST(Passwords, AreHashedAnewWhenTheCostChanges) {
  PasswordHasher before(kLittle);
  PasswordHasher after({.operations = 2, .memory_bytes = 16384});
  const std::string hash = before.Hash("correct horse battery").value();
  EXPECT_FALSE(before.IsOutdated(hash));
  EXPECT_TRUE(after.IsOutdated(hash));
  EXPECT_TRUE(after.Verify(hash, "correct horse battery"));
}

TEST(Passwords, BadOnesAreRefusedWithAReason) {
  EXPECT_EQ(PasswordProblem("correct horse battery", "ann"), "");
  EXPECT_NE(PasswordProblem("short", "ann"), "");
  EXPECT_NE(PasswordProblem("", "ann"), "");
  EXPECT_NE(PasswordProblem(std::string(201, 'x') + "y", "ann"), "");
  EXPECT_NE(PasswordProblem("PASSWORDPASSWORD", "ann"), "");
  EXPECT_NE(PasswordProblem("annabelle and more", "annabelle"), "");
}

TEST(Names, AreSmallLettersOrNone) {
  EXPECT_EQ(AccountName("Ann.Smith@Hospital.example"), "ann.smith@hospital.example");
  EXPECT_EQ(AccountName("ann smith"), "");
  EXPECT_EQ(AccountName("ann*)(uid=*"), "");
  EXPECT_EQ(AccountName(std::string(65, 'a')), "");
  EXPECT_EQ(AccountName(""), "");
}

TEST(Throttle, DelaysGrowEndAndAreForgotten) {
  Throttle throttle({.free = 2, .first = 1s, .longest = 8s, .forget = 30min, .capacity = 100});
  const auto fail = [&](TimePoint now) {
    EXPECT_EQ(throttle.WaitFor("ann", now), 0ms);
    throttle.Begin("ann", now);
    return throttle.WaitFor("ann", now);
  };
  TimePoint now = kNoon;
  for (const auto expected : {0s, 0s, 1s, 2s, 4s, 8s, 8s}) {
    const auto wait = fail(now);
    EXPECT_EQ(wait, expected);
    now += wait;
  }
  EXPECT_EQ(throttle.WaitFor("bob", now), 0ms);
  throttle.Succeeded("ann");
  EXPECT_EQ(fail(now), 0s);
  for (int i = 0; i < 10; ++i) throttle.Begin("ann", now);
  EXPECT_EQ(throttle.WaitFor("ann", now + 30min), 0ms);
}

TEST(Throttle, WhatNobodyCouldDecideIsTakenBack) {
  Throttle throttle({.free = 1, .first = 1s, .longest = 8s});
  for (int i = 0; i < 10; ++i) {
    EXPECT_EQ(throttle.WaitFor("ann", kNoon), 0ms);
    throttle.Begin("ann", kNoon);
    throttle.TakeBack("ann");
  }
  EXPECT_EQ(throttle.size(), 0u);
  throttle.Begin("ann", kNoon);
  throttle.Begin("ann", kNoon);
  throttle.Begin("ann", kNoon);
  throttle.TakeBack("ann");
  EXPECT_EQ(throttle.WaitFor("ann", kNoon), 1s) << "what was decided before stays";
  throttle.TakeBack("nobody");
}

TEST(Throttle, AFloodOfNamesFillsNoMemory) {
  Throttle throttle({.capacity = 100});
  for (int i = 0; i < 10'000; ++i)
    throttle.Begin("user" + std::to_string(i), kNoon + std::chrono::milliseconds(i));
  EXPECT_LE(throttle.size(), 100u);
  EXPECT_GE(throttle.size(), 80u);
}

}  // namespace
}  // namespace wardcast
