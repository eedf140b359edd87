// A list on its way into the directory, with the place that each item came from.
#pragma once

#include <algorithm>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "server/directory/files/findings.h"

namespace wardcast {

template <class T>
struct Loaded {
  std::string file;  // "wards.csv"
  std::vector<T> items;
  // Where each item was given; empty, or an empty one: it stays as it was.
  std::vector<std::string> places = {};
  // What is taken away by this change: id → the place that says so.
  std::map<std::string, std::string, std::less<>> removed = {};

  std::string_view Place(std::size_t index) const {
    return places.empty() ? std::string_view() : std::string_view(places[index]);
  }
};

// Notes every id that is there a second time, and leaves the first one. `id_column`: what the file
// calls it.
template <class T>
void NoteDuplicates(const Loaded<T>& list, std::string_view id_column, Findings& findings) {
  std::unordered_set<std::string_view> ids;
  ids.reserve(list.items.size());
  for (std::size_t i = 0; i < list.items.size(); ++i) {
    const std::string& id = list.items[i].id();
    if (!id.empty() && !ids.insert(id).second) {
      findings.Add(std::string(list.Place(i)), std::string(id_column),
                   "\"" + id + "\" is there twice");
    }
  }
}

}  // namespace wardcast
