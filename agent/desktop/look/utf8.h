// Texts of alerts are UTF-8; the toolkit has its own string.
#pragma once

#include <wx/string.h>

#include <string>

namespace wardcast::agent {

// Never empty for a text that is not: what is no UTF-8 is shown byte by byte.
inline wxString Wide(const std::string& utf8) {
  wxString text = wxString::FromUTF8(utf8.data(), utf8.size());
  if (text.empty() && !utf8.empty()) text = wxString::From8BitData(utf8.data(), utf8.size());
  return text;
}

}  // namespace wardcast::agent
