#include "agent/enrolment/place.h"

#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <nlohmann/json.hpp>
#include <system_error>
#include <utility>

#include "base/file.h"
#include "base/proto_time.h"
#include "base/signature.h"
#include "base/tls/certificate.h"

namespace wardcast::agent {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kLargest = 64 * 1024;

std::unexpected<Error> Damaged(const fs::path& folder, const std::string& what) {
  return Fail(Code::kFailedPrecondition,
              folder.string() + ": " + what +
                  "; remove that folder and enrol this machine again (--enroll-file FILE)");
}

Result<void> MakeFolder(const fs::path& folder) {
  std::error_code ignored;
  fs::create_directories(folder.parent_path(), ignored);
  if (mkdir(folder.c_str(), 0700) == 0 || errno == EEXIST) return {};
  return Fail(Code::kUnavailable,
              "the folder " + folder.string() + " cannot be made: " + std::strerror(errno));
}

// What is neither key nor certificate.
std::string ToJson(const Place& place) {
  const nlohmann::json json = {{"endpoint_id", place.endpoint_id},
                               {"brokers", place.brokers},
                               {"host", place.machine.host},
                               {"serial", place.machine.serial}};
  return json.dump(2) + "\n";
}

// False: not what ToJson wrote.
bool FromJson(const std::string& text, Place& place) {
  const nlohmann::json json = nlohmann::json::parse(text, nullptr, false);
  const auto text_of = [&](const char* name) {
    return json.contains(name) && json[name].is_string() ? json[name].get<std::string>()
                                                         : std::string();
  };
  if (!json.is_object() || !json.contains("brokers") || !json["brokers"].is_array()) return false;
  for (const nlohmann::json& broker : json["brokers"]) {
    if (broker.is_string()) place.brokers.push_back(broker.get<std::string>());
  }
  place.endpoint_id = text_of("endpoint_id");
  place.machine = {.host = text_of("host"), .serial = text_of("serial")};
  return !place.endpoint_id.empty() && !place.brokers.empty();
}

}  // namespace

Result<std::optional<Place>> PlaceFolder::Load() const {
  const auto json = ReadFile(folder_ / "place.json", kLargest);
  if (!json && json.error().code == Code::kNotFound) return std::nullopt;  // not enrolled (yet)
  if (!json) return std::unexpected(json.error());
  Place place;
  if (!FromJson(*json, place)) return Damaged(folder_, "place.json cannot be understood");
  for (const auto& [name, target] :
       {std::pair("ca.pem", &place.tls.authority), std::pair("key.pem", &place.tls.key),
        std::pair("certificate.pem", &place.tls.certificate),
        std::pair("signing.pub", &place.signing_key)}) {
    auto read = ReadFile(folder_ / name, kLargest);
    if (!read) return Damaged(folder_, read.error().message);
    *target = std::move(*read);
  }
  const auto certificate = Certificate::FromPem(place.tls.certificate);
  const auto key = PrivateKey::FromPem(place.tls.key);
  if (!certificate || !key || !certificate->Fits(*key))
    return Damaged(folder_, "key.pem and certificate.pem do not fit together");
  place.valid_from = certificate->valid_from();
  place.valid_until = certificate->valid_until();
  return place;
}

Result<PrivateKey> PlaceFolder::EnsureKey() {
  const fs::path file = folder_ / "key.pem";
  const auto pem = ReadFile(file, kLargest);
  if (pem) {
    auto key = PrivateKey::FromPem(*pem);
    if (!key) return Damaged(folder_, "key.pem holds no key");
    return key;
  }
  if (pem.error().code != Code::kNotFound) return std::unexpected(pem.error());
  if (auto made = MakeFolder(folder_); !made) return std::unexpected(made.error());
  PrivateKey key = PrivateKey::Generate();
  if (auto written = WriteSecretFile(file, key.ToPem()); !written)
    return std::unexpected(written.error());
  return key;
}

// place.json last: without it nothing counts as enrolled.
Result<void> PlaceFolder::Save(const Place& place) {
  if (auto made = MakeFolder(folder_); !made) return made;
  const std::string json = ToJson(place);
  for (const auto& [name, content] :
       {std::pair("ca.pem", &place.tls.authority), std::pair("signing.pub", &place.signing_key),
        std::pair("certificate.pem", &place.tls.certificate), std::pair("place.json", &json)}) {
    if (auto written = WriteSecretFile(folder_ / name, *content); !written) return written;
  }
  return {};
}

Result<fs::path> PlaceFolder::PutAside(TimePoint now) {
  const fs::path aside = folder_.string() + ".of-another-machine-" + FileStamp(now);
  std::error_code error;
  fs::rename(folder_, aside, error);
  if (error) return Fail(Code::kUnavailable, folder_.string() + ": " + error.message());
  return aside;
}

Result<void> TakeCredential(const v1::Credential& credential, Place& place) {
  const auto wrong = [](const std::string& what) {
    return Fail(Code::kDataLoss, "the broker's answer is not taken: " + what);
  };
  if (credential.endpoint_id() != place.endpoint_id) return wrong("it names another endpoint");
  const auto certificate = Certificate::FromPem(credential.certificate_pem());
  const auto key = PrivateKey::FromPem(place.tls.key);
  if (!certificate || !key || !certificate->Fits(*key))
    return wrong("its certificate is not for this machine's key");
  if (!VerifyingKey::FromPem(credential.signing_key_pem())) return wrong("it holds no signing key");
  place.tls.certificate = credential.certificate_pem();
  place.signing_key = credential.signing_key_pem();
  place.valid_from = certificate->valid_from();
  place.valid_until = certificate->valid_until();
  return {};
}

}  // namespace wardcast::agent
