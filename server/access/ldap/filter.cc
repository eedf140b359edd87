#include "server/access/ldap/filter.h"

#include <ldap.h>

#include <new>

namespace wardcast {
namespace {

constexpr int kDeepest = 20;

// Takes one filter, with all that is in it, off the front; false: there is none.
bool TakeFilter(std::string_view& rest, int depth) {
  if (depth > kDeepest || !rest.starts_with('(')) return false;
  rest.remove_prefix(1);
  if (rest.starts_with('&') || rest.starts_with('|') || rest.starts_with('!')) {
    const bool one = rest.front() == '!';
    rest.remove_prefix(1);
    int inside = 0;
    for (; rest.starts_with('('); ++inside) {
      if (!TakeFilter(rest, depth + 1)) return false;
    }
    if (inside == 0 || (one && inside != 1)) return false;
  } else {
    const auto end = rest.find_first_of("()");
    const auto sign = rest.substr(0, end).find('=');
    if (end == std::string_view::npos || sign == 0 || sign == std::string_view::npos) return false;
    rest.remove_prefix(end);
  }
  if (!rest.starts_with(')')) return false;
  rest.remove_prefix(1);
  return true;
}

}  // namespace

std::string EscapedFilterValue(std::string_view value) {
  std::string copy(value);
  berval in{.bv_len = copy.size(), .bv_val = copy.data()};
  berval out{};
  if (ldap_bv2escaped_filter_value(&in, &out) != 0) throw std::bad_alloc();
  std::string escaped(out.bv_val ? out.bv_val : "", out.bv_len);
  // Nothing to escape: then it is the very memory that was given.
  if (out.bv_val != copy.data()) ber_memfree(out.bv_val);
  return escaped;
}

std::string FilledFilter(std::string_view pattern, const FilterNames& names) {
  constexpr std::string_view kAccount = "{account}";
  constexpr std::string_view kDn = "{dn}";
  std::string filter;
  while (!pattern.empty()) {
    if (pattern.starts_with(kAccount)) {
      filter += EscapedFilterValue(names.account);
      pattern.remove_prefix(kAccount.size());
    } else if (pattern.starts_with(kDn)) {
      filter += EscapedFilterValue(names.dn);
      pattern.remove_prefix(kDn.size());
    } else {
      filter += pattern.front();
      pattern.remove_prefix(1);
    }
  }
  return filter;
}

bool IsFilter(std::string_view pattern) {
  std::string_view rest = pattern;
  return TakeFilter(rest, 0) && rest.empty();
}

}  // namespace wardcast
