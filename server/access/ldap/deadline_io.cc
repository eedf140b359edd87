#include "server/access/ldap/deadline_io.h"

#include <poll.h>

#include <algorithm>
#include <cerrno>
#include <cstdint>

namespace wardcast {
namespace {

using std::chrono::steady_clock;

// Between the socket (LBER_SBIOD_LEVEL_PROVIDER) and TLS (LBER_SBIOD_LEVEL_TRANSPORT).
constexpr int kLevel = 15;

// Until the socket can be read or written; false: the deadline has passed (errno says so).
bool Ready(Sockbuf_IO_Desc* layer, short events) noexcept {
  ber_socket_t socket = -1;
  ber_sockbuf_ctrl(layer->sbiod_sb, LBER_SB_OPT_GET_FD, &socket);
  const auto* deadline = static_cast<const IoDeadline*>(layer->sbiod_pvt);
  for (;;) {
    const auto left =
        std::chrono::ceil<std::chrono::milliseconds>(deadline->until - steady_clock::now());
    pollfd waiting{.fd = socket, .events = events, .revents = 0};
    const int ready =
        poll(&waiting, 1, static_cast<int>(std::clamp<std::int64_t>(left.count(), 0, 60'000)));
    if (ready > 0) return true;
    if (ready == 0 && left.count() > 60'000) continue;
    if (ready == 0) errno = ETIMEDOUT;
    if (ready == 0 || errno != EINTR) return false;
  }
}

int SetUp(Sockbuf_IO_Desc* layer, void* deadline) noexcept {
  layer->sbiod_pvt = deadline;
  return 0;
}

int Remove(Sockbuf_IO_Desc*) noexcept { return 0; }

int Control(Sockbuf_IO_Desc* layer, int option, void* argument) noexcept {
  return LBER_SBIOD_CTRL_NEXT(layer, option, argument);
}

ber_slen_t Read(Sockbuf_IO_Desc* layer, void* data, ber_len_t size) noexcept {
  for (;;) {
    if (!Ready(layer, POLLIN)) return -1;
    const ber_slen_t read = LBER_SBIOD_READ_NEXT(layer, data, size);
    if (read >= 0 || (errno != EAGAIN && errno != EINTR)) return read;
  }
}

ber_slen_t Write(Sockbuf_IO_Desc* layer, void* data, ber_len_t size) noexcept {
  for (;;) {
    if (!Ready(layer, POLLOUT)) return -1;
    const ber_slen_t written = LBER_SBIOD_WRITE_NEXT(layer, data, size);
    if (written >= 0 || (errno != EAGAIN && errno != EINTR)) return written;
  }
}

int Close(Sockbuf_IO_Desc*) noexcept { return 0; }

// libldap takes it as not constant, and does not write to it.
Sockbuf_IO deadline_io = {.sbi_setup = SetUp,
                          .sbi_remove = Remove,
                          .sbi_ctrl = Control,
                          .sbi_read = Read,
                          .sbi_write = Write,
                          .sbi_close = Close};

}  // namespace

bool AddDeadline(Sockbuf* connection, IoDeadline* deadline) {
  return ber_sockbuf_add_io(connection, &deadline_io, kLevel, deadline) == 0;
}

}  // namespace wardcast
