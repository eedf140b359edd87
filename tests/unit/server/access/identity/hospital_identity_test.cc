#include "server/access/identity/hospital_identity.h"

#include <gmock/gmock.h>
#include <sys/stat.h>

#include "base/file.h"
#include "base/signature.h"
#include "server/access/certificates/authority.h"
#include "tests/servers/temp_folder.h"

namespace wardcast {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr char kPassphrase[] = "correct horse battery";

HospitalIdentity MakeIdentity() {
  const Authority authority = Authority::Make(SystemClock().Now());
  return {.authority = authority.certificate().ToPem(),
          .authority_key = authority.key().ToPem(),
          .signing_key = SigningKey::Generate().ToPem()};
}

TEST(HospitalIdentity, TravelsEncrypted) {
  const HospitalIdentity identity = MakeIdentity();
  const auto sealed = SealIdentity(identity, kPassphrase);
  ASSERT_TRUE(sealed) << sealed.error().message;
  EXPECT_THAT(*sealed, Not(HasSubstr("PRIVATE")));
  const auto opened = OpenIdentity(*sealed, kPassphrase);
  ASSERT_TRUE(opened) << opened.error().message;
  EXPECT_EQ(opened->authority_key, identity.authority_key);
  EXPECT_EQ(opened->signing_key, identity.signing_key);
  EXPECT_EQ(OpenIdentity(*sealed, "correct horse batterz").error().code, Code::kPermissionDenied);
  std::string changed = *sealed;
  changed.back() = static_cast<char>(changed.back() ^ 1);
  EXPECT_EQ(OpenIdentity(changed, kPassphrase).error().code, Code::kPermissionDenied);
}

TEST(HospitalIdentity, RefusesWhatIsNone) {
  EXPECT_EQ(SealIdentity(MakeIdentity(), "short").error().code, Code::kInvalidArgument);
  for (const std::string& text :
       {std::string(), std::string("hello"), std::string("wardcast identity 1\nshort"),
        std::string(70'000, 'x')}) {
    EXPECT_EQ(OpenIdentity(text, kPassphrase).error().code, Code::kInvalidArgument);
  }
}

TEST(HospitalIdentity, MakesPassphrasesThatCanBeReadOut) {
  const std::string one = MakePassphrase();
  EXPECT_EQ(one.size(), 29u);
  EXPECT_NE(one, MakePassphrase());
  EXPECT_EQ(one.find_first_of("il01o"), std::string::npos);
}

TEST(HospitalIdentity, IsWrittenOnceIntoADataFolder) {
  const testing::TempFolder temp;
  const fs::path data = temp.path() / "broker";
  EXPECT_EQ(ReadIdentity(data).error().code, Code::kNotFound);
  const HospitalIdentity identity = MakeIdentity();
  ASSERT_TRUE(WriteIdentity(data, identity));
  for (const char* file : {"tls/authority.key", "tls/authority.pem", "signing.key"}) {
    struct stat facts{};
    ASSERT_EQ(stat((data / file).c_str(), &facts), 0) << file;
    EXPECT_EQ(facts.st_mode & 0777, 0600u) << file;
  }
  EXPECT_EQ(ReadIdentity(data)->authority, identity.authority);
  EXPECT_TRUE(WriteIdentity(data, identity));
  EXPECT_EQ(WriteIdentity(data, MakeIdentity()).error().code, Code::kAlreadyExists);
  EXPECT_EQ(ReadIdentity(data)->authority, identity.authority);
  HospitalIdentity broken = identity;
  broken.signing_key = "x";
  EXPECT_EQ(WriteIdentity(temp.path() / "other", broken).error().code, Code::kInvalidArgument);
}

}  // namespace
}  // namespace wardcast
