// How a machine comes to its place, keeps it, and notices that it is another machine's.
#include "agent/enrolment/arrival.h"

#include <gmock/gmock.h>
#include <sys/stat.h>

#include <algorithm>
#include <fstream>
#include <thread>

#include "agent/enrolment/renewer.h"
#include "base/file.h"
#include "base/signature.h"
#include "base/tls/certificate.h"
#include "base/tls/signing_request.h"
#include "server/access/certificates/authority.h"
#include "tests/servers/temp_folder.h"

namespace wardcast::agent {
namespace {

namespace fs = std::filesystem;
using std::chrono::days;
using std::chrono::hours;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

// A broker that certifies whatever it is asked, unless it is told otherwise.
class FakeBroker {
 public:
  EnrolCalls Calls() {
    return {.enrol =
                [this](const std::string& broker, const ClientTls& tls,
                       const v1::EnrollRequest& request, std::chrono::milliseconds) {
                  asked.push_back(broker);
                  trusted = tls.authority;
                  return Answer(broker, request.endpoint().id(), request.signing_request());
                },
            .renew =
                [this](const std::string& broker, const ClientTls& tls,
                       const v1::RenewRequest& request, std::chrono::milliseconds) {
                  asked.push_back(broker);
                  trusted = tls.authority;
                  return Answer(broker, request.endpoint_id(), request.signing_request());
                }};
  }

  Authority authority = Authority::Make(SystemClock().Now());
  SigningKey signing = SigningKey::Generate();
  Validity validity{.from = SystemClock().Now() - hours(1),
                    .until = SystemClock().Now() + days(365)};
  std::vector<std::string> down;
  std::optional<Error> refuses;
  std::string names;  // not empty: another endpoint than asked for
  std::vector<std::string> asked;
  std::string trusted;

 private:
  Result<v1::Credential> Answer(const std::string& broker, const std::string& id,
                                const std::string& der) {
    if (std::ranges::find(down, broker) != down.end())
      return Fail(Code::kUnavailable, "connection refused");
    if (refuses) return std::unexpected(*refuses);
    const auto key = ReadSigningRequest(der);
    v1::Credential credential;
    credential.set_endpoint_id(names.empty() ? id : names);
    credential.set_certificate_pem(
        authority.IssueClient(key->get(), "wardcast:endpoint:x:y", validity).ToPem());
    credential.set_signing_key_pem(signing.public_key().ToPem());
    return credential;
  }
};

class ArrivalTest : public ::testing::Test {
 protected:
  Result<std::optional<Place>> ArriveWith(const std::string& line,
                                          const Machine& machine = {"4W-PC-03", "SN-1"},
                                          int patience = 0) {
    ArrivalConfig config{.folder = temp_.path() / "data" / "place",
                         .endpoint = {},
                         .machine = machine,
                         .line = line,
                         .calls = broker_.Calls()};
    config.endpoint.set_id("4w-pc-03");
    return Arrive(config, [&](std::chrono::milliseconds) {
      if (patience == 1) broker_.refuses.reset();
      return patience-- > 0;
    });
  }
  std::string Line(std::vector<std::string> brokers = {"broker-1:7443", "broker-2:7443"}) const {
    return WriteEnrolLine({.brokers = std::move(brokers),
                           .token = "0123456789abcdef",
                           .authority = broker_.authority.certificate().ToPem()});
  }

  wardcast::testing::TempFolder temp_;
  FakeBroker broker_;
};

TEST_F(ArrivalTest, EnrolsOnceAndIsThereAtTheNextStart) {
  const auto first = ArriveWith(Line());
  ASSERT_TRUE(first && *first) << first.error().message;
  EXPECT_EQ((*first)->endpoint_id, "4w-pc-03");
  EXPECT_EQ(broker_.trusted, broker_.authority.certificate().ToPem());
  EXPECT_THAT(broker_.asked, ElementsAre("broker-1:7443"));
  const auto again = ArriveWith("");
  ASSERT_TRUE(again && *again);
  EXPECT_EQ((*again)->tls.certificate, (*first)->tls.certificate);
  EXPECT_EQ((*again)->signing_key, broker_.signing.public_key().ToPem());
  EXPECT_THAT((*again)->brokers, ElementsAre("broker-1:7443", "broker-2:7443"));
  EXPECT_EQ(broker_.asked.size(), 1u);
}

TEST_F(ArrivalTest, ItsFilesAreForItsOwnerOnly) {
  ASSERT_TRUE(ArriveWith(Line()));
  const fs::path folder = temp_.path() / "data" / "place";
  struct stat facts{};
  ASSERT_EQ(stat(folder.c_str(), &facts), 0);
  EXPECT_EQ(facts.st_mode & 0777, 0700u);
  for (const fs::directory_entry& entry : fs::directory_iterator(folder)) {
    ASSERT_EQ(stat(entry.path().c_str(), &facts), 0);
    EXPECT_EQ(facts.st_mode & 0777, 0600u) << entry.path();
  }
}

TEST_F(ArrivalTest, TriesTheNextBroker) {
  broker_.down = {"broker-1:7443"};
  ASSERT_TRUE(ArriveWith(Line()));
  EXPECT_THAT(broker_.asked, ElementsAre("broker-1:7443", "broker-2:7443"));
}

TEST_F(ArrivalTest, AsksAgainUntilTheAdministratorHasPutItRight) {
  broker_.refuses = Error{Code::kAlreadyExists, "another machine has that id", {}};
  const auto place = ArriveWith(Line(), {"4W-PC-03", "SN-1"}, 3);
  ASSERT_TRUE(place && *place) << place.error().message;
  EXPECT_EQ(broker_.asked.size(), 4u);
}

TEST_F(ArrivalTest, ALostAnswerIsAskedForWithTheSameKey) {
  broker_.down = {"broker-1:7443", "broker-2:7443"};
  EXPECT_FALSE(ArriveWith(Line()));
  const std::string key = ReadFile(temp_.path() / "data" / "place" / "key.pem").value();
  broker_.down.clear();
  ASSERT_TRUE(ArriveWith(Line()));
  EXPECT_EQ(ReadFile(temp_.path() / "data" / "place" / "key.pem").value(), key);
}

TEST_F(ArrivalTest, AClonedDiskDoesNotUseThePlaceOfItsOriginal) {
  const auto original = ArriveWith(Line());
  const auto without_line = ArriveWith("", {"4W-PC-04", "SN-2"});
  ASSERT_FALSE(without_line);
  EXPECT_EQ(without_line.error().code, Code::kFailedPrecondition);
  EXPECT_THAT(without_line.error().message, HasSubstr("another machine's"));
  const auto clone = ArriveWith(Line(), {"4W-PC-04", "SN-2"});
  ASSERT_TRUE(clone && *clone);
  EXPECT_NE((*clone)->tls.key, (*original)->tls.key);
}

TEST_F(ArrivalTest, AMachineWithoutASerialNumberKeepsItsPlace) {
  ASSERT_TRUE(ArriveWith(Line(), {"4W-PC-03", ""}));
  EXPECT_TRUE(ArriveWith("", {"4W-PC-03", "SN-1"}));
}

TEST_F(ArrivalTest, TakesNoAnswerThatItHasNotAskedFor) {
  broker_.names = "icu-pc-01";
  const auto other = ArriveWith(Line());
  ASSERT_FALSE(other);
  EXPECT_FALSE(fs::exists(temp_.path() / "data" / "place" / "place.json"));
}

TEST_F(ArrivalTest, WithoutALineItIsNotEnrolled) {
  const auto place = ArriveWith("");
  ASSERT_TRUE(place);
  EXPECT_FALSE(*place);
  EXPECT_EQ(ArriveWith("hello").error().code, Code::kInvalidArgument);
}

TEST_F(ArrivalTest, IsRenewedAfterTwoThirdsAndWhenTheClockIsWrong) {
  const Place place = **ArriveWith(Line());
  const TimePoint now = SystemClock().Now();
  EXPECT_FALSE(IsRenewalDue(place, now));
  EXPECT_FALSE(IsRenewalDue(place, now + days(240)));
  EXPECT_TRUE(IsRenewalDue(place, now + days(265)));
  EXPECT_TRUE(IsRenewalDue(place, now + days(400)));
  EXPECT_TRUE(IsRenewalDue(place, now - days(4'000)));
}

TEST_F(ArrivalTest, TheRenewedCertificateIsUsedWithoutARestart) {
  broker_.validity = {.from = SystemClock().Now() - days(300),
                      .until = SystemClock().Now() + days(10)};
  const Place place = **ArriveWith(Line());
  broker_.validity.until = SystemClock().Now() + days(365 * 3);
  broker_.asked.clear();
  Renewer renewer({}, place, PlaceFolder(temp_.path() / "data" / "place"), broker_.Calls());
  const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(20);
  while (renewer.Tls().certificate == place.tls.certificate &&
         std::chrono::steady_clock::now() < until)
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
  EXPECT_NE(renewer.Tls().certificate, place.tls.certificate);
  EXPECT_EQ(renewer.Tls().key, place.tls.key);
  const auto kept = PlaceFolder(temp_.path() / "data" / "place").Load();
  EXPECT_EQ((*kept)->tls.certificate, renewer.Tls().certificate);
}

TEST(HardwareSerial, IsWhatTheFirmwareSays) {
  const wardcast::testing::TempFolder sys;
  const auto write = [&](const std::string& file, const std::string& text) {
    fs::create_directories((sys.path() / file).parent_path());
    std::ofstream(sys.path() / file) << text << "\n";
  };
  EXPECT_EQ(HardwareSerial(sys.path()), "");
  fs::create_directories(sys.path() / "class/net/eth0/device");
  write("class/net/eth0/address", "52:54:00:12:34:56");
  write("class/net/lo/address", "00:00:00:00:00:00");
  EXPECT_EQ(HardwareSerial(sys.path()), "mac 52:54:00:12:34:56");
  write("class/dmi/id/product_serial", "To Be Filled By O.E.M.");
  write("class/dmi/id/board_serial", "BSN-7");
  EXPECT_EQ(HardwareSerial(sys.path()), "BSN-7");
  write("class/dmi/id/product_serial", " 5CG1234XYZ ");
  EXPECT_EQ(HardwareSerial(sys.path()), "5CG1234XYZ");
}

}  // namespace
}  // namespace wardcast::agent
