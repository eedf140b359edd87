#include "server/access/identity/hospital_identity.h"

#include <sodium.h>
#include <sys/stat.h>

#include <cerrno>
#include <cstring>
#include <nlohmann/json.hpp>
#include <system_error>
#include <utility>

#include "base/file.h"
#include "base/signature.h"
#include "server/access/certificates/authority.h"
#include "server/access/certificates/tls_folder.h"

namespace wardcast {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kMagic = "wardcast identity 1\n";
constexpr std::size_t kLargestFile = 64 * 1024;
constexpr std::size_t kSaltBytes = crypto_pwhash_SALTBYTES;
constexpr std::size_t kNonceBytes = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t kTagBytes = crypto_aead_xchacha20poly1305_ietf_ABYTES;

const unsigned char* Bytes(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}
unsigned char* Bytes(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }

std::string Random(std::size_t size) {
  std::string bytes(size, '\0');
  randombytes_buf(bytes.data(), bytes.size());
  return bytes;
}

Result<std::string> KeyOf(std::string_view passphrase, std::string_view salt) {
  std::string key(crypto_aead_xchacha20poly1305_ietf_KEYBYTES, '\0');
  if (crypto_pwhash(Bytes(key), key.size(), passphrase.data(), passphrase.size(), Bytes(salt),
                    crypto_pwhash_OPSLIMIT_MODERATE, crypto_pwhash_MEMLIMIT_MODERATE,
                    crypto_pwhash_ALG_ARGON2ID13) != 0) {
    return Fail(Code::kUnavailable, "256 MiB of memory are needed for the passphrase");
  }
  return key;
}

Result<void> StartSodium() {
  if (sodium_init() < 0) return Fail(Code::kInternal, "libsodium could not start");
  return {};
}

std::unexpected<Error> NoIdentity(const std::string& what) {
  return Fail(Code::kInvalidArgument,
              "not a file of `wardcast admin export-identity`, or damaged: " + what);
}

}  // namespace

Result<std::string> SealIdentity(const HospitalIdentity& identity, std::string_view passphrase) {
  if (auto started = StartSodium(); !started) return std::unexpected(started.error());
  if (passphrase.size() < kShortestPassphrase)
    return Invalid({{"passphrase", "must have at least 12 characters"}});
  const std::string plain = nlohmann::json{
      {"authority", identity.authority},
      {"authority_key", identity.authority_key},
      {"signing_key",
       identity.signing_key}}.dump();
  const std::string salt = Random(kSaltBytes);
  const std::string nonce = Random(kNonceBytes);
  auto key = KeyOf(passphrase, salt);
  if (!key) return key;
  std::string sealed(plain.size() + kTagBytes, '\0');
  crypto_aead_xchacha20poly1305_ietf_encrypt(Bytes(sealed), nullptr, Bytes(plain), plain.size(),
                                             Bytes(kMagic), kMagic.size(), nullptr, Bytes(nonce),
                                             Bytes(*key));
  sodium_memzero(key->data(), key->size());
  return std::string(kMagic) + salt + nonce + sealed;
}

Result<HospitalIdentity> OpenIdentity(std::string_view file, std::string_view passphrase) {
  if (auto started = StartSodium(); !started) return std::unexpected(started.error());
  if (file.size() > kLargestFile) return NoIdentity("it is larger than 64 KiB");
  if (!file.starts_with(kMagic)) return NoIdentity("its beginning is another one");
  file.remove_prefix(kMagic.size());
  if (file.size() < kSaltBytes + kNonceBytes + kTagBytes) return NoIdentity("it is cut off");
  auto key = KeyOf(passphrase, file.substr(0, kSaltBytes));
  if (!key) return std::unexpected(key.error());
  const std::string_view nonce = file.substr(kSaltBytes, kNonceBytes);
  const std::string_view sealed = file.substr(kSaltBytes + kNonceBytes);
  std::string plain(sealed.size() - kTagBytes, '\0');
  const int opened = crypto_aead_xchacha20poly1305_ietf_decrypt(
      Bytes(plain), nullptr, nullptr, Bytes(sealed), sealed.size(), Bytes(kMagic), kMagic.size(),
      Bytes(nonce), Bytes(*key));
  sodium_memzero(key->data(), key->size());
  if (opened != 0) {
    return Fail(
        Code::kPermissionDenied,
        "the passphrase is another one, or the file was changed: use the one that `wardcast "
        "admin export-identity` printed");
  }
  const nlohmann::json json = nlohmann::json::parse(plain, nullptr, false);
  HospitalIdentity identity;
  for (const auto& [name, target] : {std::pair("authority", &identity.authority),
                                     std::pair("authority_key", &identity.authority_key),
                                     std::pair("signing_key", &identity.signing_key)}) {
    if (!json.is_object() || !json.contains(name) || !json[name].is_string())
      return NoIdentity(std::string("it holds no ") + name);
    *target = json[name].get<std::string>();
  }
  return identity;
}

std::string MakePassphrase() {
  constexpr std::string_view kLetters =
      "abcdefghjkmnpqrstuvwxyz23456789";  // none looks like another
  constexpr int kGroups = 5;
  constexpr int kInGroup = 5;
  std::string text;
  if (!StartSodium()) return text;
  for (int group = 0; group < kGroups; ++group) {
    if (group > 0) text += '-';
    for (int i = 0; i < kInGroup; ++i)
      text += kLetters[randombytes_uniform(static_cast<std::uint32_t>(kLetters.size()))];
  }
  return text;
}

Result<HospitalIdentity> ReadIdentity(const fs::path& data_dir) {
  HospitalIdentity identity;
  for (const auto& [file, target] :
       {std::pair(data_dir / "tls" / "authority.pem", &identity.authority),
        std::pair(data_dir / "tls" / "authority.key", &identity.authority_key),
        std::pair(data_dir / "signing.key", &identity.signing_key)}) {
    auto read = ReadFile(file, kLargestFile);
    if (!read) return std::unexpected(read.error());
    *target = std::move(*read);
  }
  return identity;
}

Result<void> WriteIdentity(const fs::path& data_dir, const HospitalIdentity& identity) {
  const auto authority = Authority::FromPem(identity.authority, identity.authority_key);
  if (!authority) return NoIdentity(authority.error().message);
  const auto signing = SigningKey::FromPem(identity.signing_key);
  if (!signing) return NoIdentity(signing.error().message);
  std::error_code ignored;
  fs::create_directories(data_dir.parent_path(), ignored);
  if (mkdir(data_dir.c_str(), 0700) != 0 && errno != EEXIST) {
    return Fail(Code::kUnavailable,
                "the folder " + data_dir.string() + " cannot be made: " + std::strerror(errno));
  }
  const fs::path key_file = data_dir / "signing.key";
  const auto there = ReadFile(key_file, kLargestFile);
  if (!there && there.error().code != Code::kNotFound) return std::unexpected(there.error());
  if (there) {
    const auto other = SigningKey::FromPem(*there);
    if (!other || other->id() != signing->id()) {
      return Fail(Code::kAlreadyExists, key_file.string() +
                                            " is another key: this data folder belongs to another "
                                            "hospital's broker; join with an empty one");
    }
  }
  if (auto written = WriteAuthority(data_dir / "tls", *authority); !written) return written;
  if (auto written = WriteSecretFile(key_file, signing->ToPem()); !written) return written;
  return WriteSecretFile(data_dir / "signing.pub", signing->public_key().ToPem());
}

}  // namespace wardcast
