// What a browser sends on a WebSocket, before anything else has looked at it: however its bytes are
// cut, the same messages come out.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "server/http/wire/socket_frame.h"
#include "tests/fuzz/require.h"

namespace {

using wardcast::FrameReader;
using wardcast::Require;
using Event = FrameReader::Event;

// What was read, without the places where it was cut.
struct Heard {
  std::string told;  // a letter for each message that began or ended, and each control frame
  std::string data;
  std::size_t used = 0;
};

bool Hear(FrameReader& reader, std::string_view bytes, Heard& heard) {
  constexpr std::size_t kMostControl = 125;
  const std::size_t size = bytes.size();
  while (true) {
    const std::size_t before = bytes.size();
    const Event event = reader.Next(bytes);
    Require(bytes.size() <= before, "it gives nothing back");
    switch (event) {
      case Event::kMore:
        Require(bytes.empty(), "who asks for more has taken everything");
        heard.used += size;
        return true;
      case Event::kBroken:
        Require(!reader.problem().empty(), "what is broken says why");
        Require(reader.Next(bytes) == Event::kBroken, "it stays broken");
        heard.used += size - bytes.size();
        heard.told += '!';
        return false;
      case Event::kData:
        if (reader.first()) heard.told += reader.binary() ? 'B' : 'T';
        heard.data += reader.data();
        if (reader.last()) heard.told += '.';
        break;
      case Event::kPing:
      case Event::kPong:
      case Event::kClose:
        Require(reader.data().size() <= kMostControl, "a control frame is short");
        heard.told += event == Event::kPing ? 'i' : event == Event::kPong ? 'o' : 'x';
        heard.told += reader.data();
        break;
    }
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  Heard whole;
  FrameReader reader;
  Hear(reader, input, whole);
  for (const std::size_t step : {std::size_t{1}, std::size_t{7}}) {
    Heard cut;
    FrameReader slow;
    for (std::size_t at = 0; at < size; at += step) {
      if (!Hear(slow, input.substr(at, step), cut)) break;
    }
    Require(cut.told == whole.told, "the same messages, however they are cut");
    Require(cut.data == whole.data, "the same bytes, however they are cut");
    Require(cut.used == whole.used, "the same bytes are used");
  }
  return 0;
}
