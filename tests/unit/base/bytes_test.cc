#include "base/bytes.h"

#include <gtest/gtest.h>

#include <string>

namespace wardcast {
namespace {

TEST(Bytes, Base64RoundTripsEveryByteAndEveryLength) {
  std::string bytes;
  for (int i = 0; i < 256; ++i) {
    const auto read = FromBase64(ToBase64(bytes));
    ASSERT_TRUE(read);
    EXPECT_EQ(*read, bytes);
    bytes += static_cast<char>(i);
  }
}

TEST(Bytes, Base64KnowsRfc4648) {
  EXPECT_EQ(ToBase64("f"), "Zg==");
  EXPECT_EQ(ToBase64("foobar"), "Zm9vYmFy");
  EXPECT_FALSE(FromBase64("Zg=").has_value());
  EXPECT_FALSE(FromBase64("Z!==").has_value());
}

TEST(Bytes, DigestsAndSecrets) {
  EXPECT_EQ(Sha256Hex("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(RandomHex(32).size(), 64u);
  EXPECT_NE(RandomHex(32), RandomHex(32));
  EXPECT_TRUE(SameSecret("abc", "abc"));
  EXPECT_FALSE(SameSecret("abc", "abd"));
  EXPECT_FALSE(SameSecret("abc", "ab"));
}

}  // namespace
}  // namespace wardcast
