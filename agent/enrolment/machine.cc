#include "agent/enrolment/machine.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <set>
#include <string_view>
#include <system_error>

#include "base/file.h"

namespace wardcast::agent {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kLongestSerial = 100;

std::string ReadLine(const fs::path& file) {
  auto text = ReadFile(file, 4096);
  if (!text) return {};
  std::string line = text->substr(0, std::min(text->find_first_of("\r\n"), kLongestSerial));
  const auto printable = [](unsigned char c) { return c > ' ' && c < 0x7f; };
  while (!line.empty() && !printable(static_cast<unsigned char>(line.back()))) line.pop_back();
  while (!line.empty() && !printable(static_cast<unsigned char>(line.front()))) line.erase(0, 1);
  return line;
}

// What manufacturers write when they write nothing.
bool IsPlaceholder(std::string text) {
  std::ranges::transform(text, text.begin(),
                         [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  constexpr std::array<std::string_view, 6> kPlaceholders{
      "none",          "to be filled by o.e.m.", "default string", "system serial number",
      "not specified", "not applicable"};
  return text.empty() || std::ranges::find(kPlaceholders, text) != kPlaceholders.end() ||
         text.find_first_not_of("0-.x") == std::string::npos || text == "123456789";
}

// Cards that are hardware have a device; by name, so that it is the same one each time.
std::string CardAddress(const fs::path& net) {
  std::set<fs::path> cards;
  std::error_code error;
  for (const fs::directory_entry& card : fs::directory_iterator(net, error)) {
    if (fs::exists(card.path() / "device", error)) cards.insert(card.path());
  }
  for (const fs::path& card : cards) {
    std::string address = ReadLine(card / "address");
    if (!IsPlaceholder(address)) return "mac " + address;
  }
  return {};
}

}  // namespace

std::string HardwareSerial(const fs::path& sys) {
  for (const char* name : {"product_serial", "board_serial", "product_uuid"}) {
    std::string serial = ReadLine(sys / "class/dmi/id" / name);
    if (!IsPlaceholder(serial)) return serial;
  }
  return CardAddress(sys / "class/net");
}

}  // namespace wardcast::agent
