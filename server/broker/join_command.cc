#include "server/broker/join_command.h"

#include <termios.h>
#include <unistd.h>

#include <cstdio>

#include "base/file.h"
#include "server/access/identity/hospital_identity.h"

namespace wardcast {
namespace {

constexpr std::size_t kLargestFile = 64 * 1024;
constexpr std::size_t kLongestLine = 4096;

// While it lives, what is typed is not shown.
class Silence {
 public:
  Silence() : terminal_(tcgetattr(STDIN_FILENO, &before_) == 0) {
    if (!terminal_) return;
    termios quiet = before_;
    quiet.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    tcsetattr(STDIN_FILENO, TCSAFLUSH, &quiet);
    std::fputs("Passphrase: ", stderr);
  }
  ~Silence() {
    if (!terminal_) return;
    tcsetattr(STDIN_FILENO, TCSAFLUSH, &before_);
    std::fputs("\n", stderr);
  }
  Silence(const Silence&) = delete;
  Silence& operator=(const Silence&) = delete;

 private:
  termios before_{};
  const bool terminal_;
};

std::string ReadPassphrase() {
  const Silence silence;
  std::string line;
  for (int c = std::getchar(); c != EOF && c != '\n' && line.size() < kLongestLine;
       c = std::getchar()) {
    line += static_cast<char>(c);
  }
  if (line.ends_with('\r')) line.pop_back();
  return line;
}

}  // namespace

Result<std::string> RunJoin(const Config& config, const std::filesystem::path& file) {
  const auto sealed = ReadFile(file, kLargestFile);
  if (!sealed) return std::unexpected(sealed.error());
  const auto identity = OpenIdentity(*sealed, ReadPassphrase());
  if (!identity)
    return Fail(identity.error().code, file.string() + ": " + identity.error().message);
  if (auto written = WriteIdentity(config.data_dir, *identity); !written)
    return std::unexpected(written.error());
  return "joined: the hospital's certificate authority and signing key are in " +
         config.data_dir.string() + ".\nRemove " + file.string() +
         ", and start the broker with the same store.postgresql and [redis] as the others.\n";
}

}  // namespace wardcast
