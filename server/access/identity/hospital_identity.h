// What makes several brokers one to every endpoint: the certificate authority and the alert-signing
// key. It travels from broker to broker in one file, encrypted with a passphrase.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "base/result.h"

namespace wardcast {

// PEM texts.
struct HospitalIdentity {
  std::string authority;
  std::string authority_key;
  std::string signing_key;
};

inline constexpr std::size_t kShortestPassphrase = 12;

// XChaCha20-Poly1305 with a key by Argon2id from the passphrase; takes most of a second and 256
// MiB, for who guesses as well. kInvalidArgument: the passphrase is shorter than
// kShortestPassphrase. kUnavailable: not enough memory.
Result<std::string> SealIdentity(const HospitalIdentity& identity, std::string_view passphrase);
// kInvalidArgument: not such a file, or damaged. kPermissionDenied: another passphrase (or changed:
// the two look the same).
Result<HospitalIdentity> OpenIdentity(std::string_view file, std::string_view passphrase);

// A passphrase of 124 bits, in groups that can be read out on the phone.
std::string MakePassphrase();

// The identity of the broker whose data folder this is; kNotFound: it has none yet.
Result<HospitalIdentity> ReadIdentity(const std::filesystem::path& data_dir);
// Puts it into a broker's data folder, which is made if need be. kInvalidArgument: the keys in it
// are none. kAlreadyExists: the folder holds another one; nothing was changed.
Result<void> WriteIdentity(const std::filesystem::path& data_dir, const HospitalIdentity& identity);

}  // namespace wardcast
