// A read past the end of an allocation on purpose. The address sanitizer must find it.
#include <fmt/core.h>

#include <cstddef>
#include <vector>

int main(int argc, char**) {
  const std::vector<int> numbers(8);
  const auto past_the_end = static_cast<std::size_t>(argc + 7);
  fmt::print("{}\n", numbers.data()[past_the_end]);
}
