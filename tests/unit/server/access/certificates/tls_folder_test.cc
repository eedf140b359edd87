// The files that both doors read: made, renewed, replaced.
#include "server/access/certificates/tls_folder.h"

#include <gmock/gmock.h>
#include <sys/stat.h>

#include "base/file.h"
#include "server/access/certificates/machine_names.h"
#include "server/access/certificates/tls_watch.h"
#include "tests/servers/temp_folder.h"

namespace wardcast {
namespace {

namespace fs = std::filesystem;
using std::chrono::days;
using ::testing::AllOf;
using ::testing::Contains;
using ::testing::HasSubstr;

class TlsFolderTest : public ::testing::Test {
 protected:
  Result<TlsFolder> Open(const std::string& known = "") {
    return TlsFolder::Open({.folder = folder(), .names = {"wardcast.example.org"}}, known, now_);
  }
  fs::path folder() const { return temp_.path() / "tls"; }
  Certificate Served() const {
    return Certificate::FromPem(ReadFile(folder() / "server.pem").value()).value();
  }
  static unsigned int ModeOf(const fs::path& path) {
    struct stat facts{};
    EXPECT_EQ(stat(path.c_str(), &facts), 0) << path;
    return facts.st_mode & 0777;
  }
  // The hospital's own authority and a certificate for one of its brokers.
  TlsConfig Hospitals(const Authority& authority, TimePoint until) {
    const PrivateKey key = PrivateKey::Generate();
    const Certificate certificate = authority.IssueServer(key.get(), {"wardcast.hospital.example"},
                                                          {.from = now_ - days(1), .until = until});
    const fs::path place = temp_.path();
    EXPECT_TRUE(WriteSecretFile(place / "cert.pem", certificate.ToPem()));
    EXPECT_TRUE(WriteSecretFile(place / "key.pem", key.ToPem()));
    EXPECT_TRUE(WriteSecretFile(place / "ca.pem", authority.certificate().ToPem()));
    return {.folder = folder(),
            .certificate = place / "cert.pem",
            .key = place / "key.pem",
            .ca = place / "ca.pem"};
  }

  testing::TempFolder temp_;
  TimePoint now_ = SystemClock().Now();
};

TEST_F(TlsFolderTest, MakesEverythingAtTheFirstStartForItsOwnerOnly) {
  const auto opened = Open();
  ASSERT_TRUE(opened) << opened.error().message;
  EXPECT_EQ(ModeOf(folder()), 0700u);
  for (const char* file : {"authority.pem", "authority.key", "server.pem", "ca.pem"})
    EXPECT_EQ(ModeOf(folder() / file), 0600u) << file;
  const Certificate served = Served();
  EXPECT_TRUE(served.IsSignedBy(opened->authority().certificate()));
  EXPECT_THAT(served.hosts(), AllOf(Contains("wardcast.example.org"), Contains("localhost"),
                                    Contains("127.0.0.1"), Contains("::1")));
  for (const std::string& name : MachineNames({})) EXPECT_THAT(served.hosts(), Contains(name));
}

TEST_F(TlsFolderTest, KeepsThemAtTheNextStart) {
  const std::string authority = Open()->authority().certificate().sha256();
  const std::string served = Served().sha256();
  const auto again = Open(authority);
  ASSERT_TRUE(again) << again.error().message;
  EXPECT_EQ(again->authority().certificate().sha256(), authority);
  EXPECT_EQ(Served().sha256(), served);
}

TEST_F(TlsFolderTest, RenewsAfterTwoThirdsOfItsLife) {
  auto opened = Open();
  const std::string first = Served().sha256();
  EXPECT_FALSE(opened->Refresh(now_ + days(240)).value());
  EXPECT_EQ(Served().sha256(), first);
  EXPECT_TRUE(opened->Refresh(now_ + days(250)).value());
  EXPECT_NE(Served().sha256(), first);
  EXPECT_TRUE(Served().IsSignedBy(opened->authority().certificate()));
  EXPECT_GT(opened->valid_until(), now_ + days(600));
}

TEST_F(TlsFolderTest, AMachineWithAnotherNameGetsAnotherCertificate) {
  ASSERT_TRUE(Open());
  const std::string first = Served().sha256();
  const auto renamed =
      TlsFolder::Open({.folder = folder(), .names = {"new.example.org"}}, "", now_);
  ASSERT_TRUE(renamed);
  EXPECT_NE(Served().sha256(), first);
  EXPECT_THAT(Served().hosts(), Contains("new.example.org"));
}

TEST_F(TlsFolderTest, ADamagedFileIsMadeAnew) {
  auto opened = Open();
  ASSERT_TRUE(WriteSecretFile(folder() / "server.pem", "not a key"));
  EXPECT_TRUE(opened->Refresh(now_).value());
  EXPECT_TRUE(Served().IsSignedBy(opened->authority().certificate()));
}

TEST_F(TlsFolderTest, WithoutTheAuthorityOfTheStoreItSaysHowToJoin) {
  const auto missing = Open(std::string(64, 'a'));
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().code, Code::kFailedPrecondition);
  EXPECT_THAT(missing.error().message,
              AllOf(HasSubstr("export-identity"), HasSubstr("wardcastd --join FILE")));
  EXPECT_FALSE(fs::exists(folder() / "authority.key"));
  ASSERT_TRUE(Open());
  const auto other = Open(std::string(64, 'b'));
  ASSERT_FALSE(other);
  EXPECT_THAT(other.error().message, HasSubstr("wardcastd --join FILE"));
}

TEST_F(TlsFolderTest, AnAuthorityWithoutItsKeyIsRefused) {
  ASSERT_TRUE(Open());
  fs::remove(folder() / "authority.key");
  const auto opened = Open();
  ASSERT_FALSE(opened);
  EXPECT_THAT(opened.error().message, HasSubstr("authority.key"));
  ASSERT_TRUE(WriteSecretFile(folder() / "authority.key", PrivateKey::Generate().ToPem()));
  EXPECT_FALSE(Open());
}

TEST_F(TlsFolderTest, TakesTheHospitalsCertificateAndWhatReplacesIt) {
  const Authority hospitals = Authority::Make(now_);
  auto opened = TlsFolder::Open(Hospitals(hospitals, now_ + days(90)), "", now_);
  ASSERT_TRUE(opened) << opened.error().message;
  EXPECT_THAT(Served().hosts(), Contains("wardcast.hospital.example"));
  EXPECT_EQ(ReadFile(opened->ca_pem()).value(), hospitals.certificate().ToPem());
  // Endpoints are certified by the own authority all the same.
  EXPECT_NE(opened->authority().certificate().sha256(), hospitals.certificate().sha256());
  const std::string first = Served().sha256();
  EXPECT_FALSE(opened->Refresh(now_).value());
  Hospitals(hospitals, now_ + days(900));
  EXPECT_TRUE(opened->Refresh(now_).value());
  EXPECT_NE(Served().sha256(), first);
}

TEST_F(TlsFolderTest, ServesOnWhatItHasWhileTheHospitalsFilesDoNotFit) {
  const Authority hospitals = Authority::Make(now_);
  auto opened = TlsFolder::Open(Hospitals(hospitals, now_ + days(90)), "", now_);
  ASSERT_TRUE(opened);
  const std::string first = Served().sha256();
  ASSERT_TRUE(WriteSecretFile(temp_.path() / "key.pem", PrivateKey::Generate().ToPem()));
  const auto mixed = opened->Refresh(now_);
  ASSERT_FALSE(mixed);
  EXPECT_THAT(mixed.error().message, AllOf(HasSubstr("key.pem"), HasSubstr("not the key")));
  EXPECT_EQ(Served().sha256(), first);
}

TEST_F(TlsFolderTest, RefusesAHospitalsCertificateThatNobodyWouldAccept) {
  const Authority hospitals = Authority::Make(now_);
  const auto expired = TlsFolder::Open(Hospitals(hospitals, now_ - days(1)), "", now_);
  ASSERT_FALSE(expired);
  EXPECT_THAT(expired.error().message, HasSubstr("expired at"));
  const TlsConfig config = Hospitals(hospitals, now_ + days(9));
  ASSERT_TRUE(WriteSecretFile(config.ca, Authority::Make(now_).certificate().ToPem()));
  const auto foreign = TlsFolder::Open(config, "", now_);
  ASSERT_FALSE(foreign);
  EXPECT_THAT(foreign.error().message, HasSubstr("has signed"));
}

TEST_F(TlsFolderTest, TheWatchRenewsAndTellsWhileNobodyLooks) {
  auto opened = Open();
  ManualClock clock(now_);
  std::atomic<int> changed = 0;
  TlsWatch watch({.look_every = std::chrono::milliseconds(5)}, *opened, clock);
  watch.Start([&] { ++changed; });
  clock.Advance(days(300));
  const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(20);
  while (changed == 0 && std::chrono::steady_clock::now() < until)
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
  watch.Stop();
  EXPECT_GE(changed, 1);
  EXPECT_EQ(watch.Problem(), "");
}

TEST(MachineNames, AreFitForACertificate) {
  EXPECT_TRUE(IsHostName("wardcast-1.example.org"));
  EXPECT_TRUE(IsHostName("2001:db8::1"));
  for (const char* wrong : {"", "a b", "a,b", "x\n", "ä"}) EXPECT_FALSE(IsHostName(wrong)) << wrong;
}

}  // namespace
}  // namespace wardcast
