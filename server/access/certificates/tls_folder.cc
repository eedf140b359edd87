#include "server/access/certificates/tls_folder.h"

#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

#include "base/file.h"
#include "base/log.h"
#include "base/proto_time.h"
#include "server/access/certificates/machine_names.h"

namespace wardcast {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kLargestPem = 256 * 1024;
// For PCs whose clock is behind.
constexpr std::chrono::days kBeforeNow{30};

Result<void> MakeFolder(const fs::path& folder) {
  if (mkdir(folder.c_str(), 0700) == 0 || errno == EEXIST) return {};
  return Fail(Code::kUnavailable,
              "the folder " + folder.string() + " cannot be made: " + std::strerror(errno));
}

std::unexpected<Error> Unfit(const fs::path& file, const std::string& what) {
  return Fail(Code::kFailedPrecondition, file.string() + ": " + what);
}

std::unexpected<Error> JoinInstead(const std::string& why) {
  return Fail(Code::kFailedPrecondition,
              why +
                  ". On a broker that runs: `wardcast admin export-identity FILE`; bring FILE "
                  "here, run `wardcastd --join FILE`, and start again");
}

Result<std::optional<Authority>> ReadAuthority(const fs::path& folder) {
  const fs::path certificate_file = folder / "authority.pem";
  const fs::path key_file = folder / "authority.key";
  const auto certificate = ReadFile(certificate_file, kLargestPem);
  const auto key = ReadFile(key_file, kLargestPem);
  const auto missing = [](const auto& read) {
    return !read && read.error().code == Code::kNotFound;
  };
  if (missing(certificate) && missing(key)) return std::nullopt;
  if (!certificate) return Unfit(certificate_file, certificate.error().message);
  if (!key) return Unfit(key_file, key.error().message);
  auto authority = Authority::FromPem(*certificate, *key);
  if (!authority) return Unfit(certificate_file, authority.error().message);
  return std::move(*authority);
}

Result<Authority> EnsureAuthority(const fs::path& folder, const std::string& known, TimePoint now) {
  auto read = ReadAuthority(folder);
  if (!read) return std::unexpected(read.error());
  if (*read) {
    if (known.empty() || (*read)->certificate().sha256() == known) return std::move(**read);
    return std::unexpected(OtherAuthority(folder));
  }
  if (!known.empty())
    return JoinInstead(
        "the brokers of this store have a certificate authority whose key is not in " +
        folder.string());
  Authority made = Authority::Make(now);
  if (auto written = WriteAuthority(folder, made); !written)
    return std::unexpected(written.error());
  SPDLOG_INFO("made the certificate authority {}", made.certificate().sha256().substr(0, 16));
  return made;
}

// What is there, if it can be read and is one key with its certificate.
std::optional<std::pair<Certificate, PrivateKey>> ReadServer(const fs::path& file) {
  const auto pem = ReadFile(file, kLargestPem);
  if (!pem) return std::nullopt;
  auto certificate = Certificate::FromPem(*pem);
  auto key = PrivateKey::FromPem(*pem);
  if (!certificate || !key || !certificate->Fits(*key)) return std::nullopt;
  return std::pair(std::move(*certificate), std::move(*key));
}

bool HoldsAll(std::vector<std::string> held, const std::vector<std::string>& wanted) {
  return std::ranges::all_of(
      wanted, [&](const std::string& name) { return std::ranges::find(held, name) != held.end(); });
}

bool SameContent(const fs::path& file, const std::string& content) {
  const auto read = ReadFile(file, kLargestPem);
  return read && *read == content;
}

}  // namespace

Error OtherAuthority(const fs::path& folder) {
  return JoinInstead("the certificate authority in " + folder.string() +
                     " is not the one of the brokers that share this store; move that folder away")
      .error();
}

Result<void> WriteAuthority(const fs::path& folder, const Authority& authority) {
  if (auto made = MakeFolder(folder); !made) return made;
  auto there = ReadAuthority(folder);
  if (!there) return std::unexpected(there.error());
  if (*there) {
    if ((*there)->certificate().sha256() == authority.certificate().sha256()) return {};
    return Fail(Code::kAlreadyExists,
                folder.string() +
                    " holds another certificate authority; move it away first, "
                    "unless this broker has endpoints of its own");
  }
  if (auto key = WriteSecretFile(folder / "authority.key", authority.key().ToPem()); !key)
    return key;
  return WriteSecretFile(folder / "authority.pem", authority.certificate().ToPem());
}

Result<TlsFolder> TlsFolder::Open(TlsConfig config, const std::string& known, TimePoint now) {
  if (auto made = MakeFolder(config.folder); !made) return std::unexpected(made.error());
  auto authority = EnsureAuthority(config.folder, known, now);
  if (!authority) return std::unexpected(authority.error());
  TlsFolder folder(std::move(config), std::move(*authority));
  if (auto refreshed = folder.Refresh(now); !refreshed) return std::unexpected(refreshed.error());
  return folder;
}

Result<bool> TlsFolder::Refresh(TimePoint now) {
  auto content = config_.uses_own() ? OwnContent(now) : HospitalsContent(now);
  if (!content) return std::unexpected(content.error());
  if (!*content) {
    if (const auto served = ReadServer(server_pem())) valid_until_ = served->first.valid_until();
    return false;
  }
  if (auto written = WriteSecretFile(ca_pem(), (*content)->ca); !written)
    return std::unexpected(written.error());
  if (auto written = WriteSecretFile(server_pem(), (*content)->server); !written)
    return std::unexpected(written.error());
  valid_until_ = (*content)->valid_until;
  SPDLOG_INFO("the broker's certificate is a new one, valid until {}", ToRfc3339(valid_until_));
  return true;
}

Result<std::optional<TlsFolder::Content>> TlsFolder::OwnContent(TimePoint now) const {
  const std::vector<std::string> names = MachineNames(config_.names);
  const std::string ca = authority_.certificate().ToPem();
  if (const auto served = ReadServer(server_pem())) {
    const Certificate& certificate = served->first;
    const bool young =
        now < certificate.valid_until() - config_.life / 3 && now >= certificate.valid_from();
    if (young && certificate.IsSignedBy(authority_.certificate()) &&
        HoldsAll(certificate.hosts(), names) && SameContent(ca_pem(), ca)) {
      return std::nullopt;
    }
  }
  const PrivateKey key = PrivateKey::Generate();
  const Certificate issued = authority_.IssueServer(
      key.get(), names, {.from = now - kBeforeNow, .until = now + config_.life});
  return Content{
      .server = key.ToPem() + issued.ToPem(), .ca = ca, .valid_until = issued.valid_until()};
}

Result<std::optional<TlsFolder::Content>> TlsFolder::HospitalsContent(TimePoint now) const {
  const auto certificate_text = ReadFile(config_.certificate, kLargestPem);
  if (!certificate_text) return Unfit(config_.certificate, certificate_text.error().message);
  const auto key_text = ReadFile(config_.key, kLargestPem);
  if (!key_text) return Unfit(config_.key, key_text.error().message);
  const auto ca_text = ReadFile(config_.ca, kLargestPem);
  if (!ca_text) return Unfit(config_.ca, ca_text.error().message);

  const auto chain = Certificate::ChainFromPem(*certificate_text);
  if (!chain) return Unfit(config_.certificate, chain.error().message);
  const auto key = PrivateKey::FromPem(*key_text);
  if (!key) return Unfit(config_.key, key.error().message);
  const auto trusted = Certificate::ChainFromPem(*ca_text);
  if (!trusted) return Unfit(config_.ca, trusted.error().message);
  const Certificate& own = chain->front();
  if (!own.Fits(*key))
    return Unfit(config_.key, "not the key of the certificate in " + config_.certificate.string());
  if (own.valid_until() <= now)
    return Unfit(config_.certificate, "expired at " + ToRfc3339(own.valid_until()));
  const bool leads = std::ranges::any_of(*trusted, [&](const Certificate& authority) {
    return std::ranges::any_of(*chain, [&](const Certificate& one) {
      return one.IsSignedBy(authority) || one.sha256() == authority.sha256();
    });
  });
  if (!leads) {
    return Unfit(config_.ca, "none of its certificates has signed " + config_.certificate.string() +
                                 " or its chain; clients would trust another authority");
  }
  Content content{.server = key->ToPem(), .ca = {}, .valid_until = own.valid_until()};
  for (const Certificate& one : *chain) content.server += one.ToPem();
  for (const Certificate& one : *trusted) content.ca += one.ToPem();
  if (SameContent(server_pem(), content.server) && SameContent(ca_pem(), content.ca))
    return std::nullopt;
  return content;
}

}  // namespace wardcast
