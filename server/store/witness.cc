#include "server/store/witness.h"

#include <chrono>
#include <nlohmann/json.hpp>

#include "base/file.h"

namespace wardcast {
namespace {

constexpr std::chrono::seconds kKeepEvery{5};

bool SameHead(const LogHead& a, const LogHead& b) {
  return a.log == b.log && a.sequence == b.sequence && a.tag == b.tag && a.journal == b.journal &&
         a.journal_tag == b.journal_tag;
}

}  // namespace

std::optional<LogHead> Witness::Read() const {
  const auto text = ReadFile(file_, 4096);
  if (!text) return std::nullopt;
  const auto json = nlohmann::json::parse(*text, nullptr, false);
  if (!json.is_object()) return std::nullopt;
  const auto number = [&](const char* name) {
    const auto found = json.find(name);
    return found != json.end() && found->is_number_integer() ? found->get<std::int64_t>() : 0;
  };
  const auto word = [&](const char* name) {
    const auto found = json.find(name);
    return found != json.end() && found->is_string() ? found->get<std::string>() : std::string();
  };
  LogHead head{.sequence = number("sequence"),
               .tag = word("tag"),
               .journal = number("journal"),
               .journal_tag = word("journal_tag"),
               .log = {.log_id = word("log_id"), .generation = number("generation")}};
  if (head.log.log_id.empty()) return std::nullopt;
  return head;
}

Result<std::string> Witness::Check(Store& store) const {
  const auto head = store.Head();
  if (!head) return std::unexpected(head.error());
  const std::optional<LogHead> seen = Read();
  if (!seen) {
    if (shared_ || head->sequence == 0) return "";
    return "the store is not empty, but this data folder has never seen it";
  }
  if (seen->log.log_id != head->log.log_id) return "";
  const auto went_back = [](const char* what, std::int64_t from, std::int64_t to) {
    return std::string("the store went back: its ") + what + " is " + std::to_string(to) +
           ", this broker has seen " + std::to_string(from);
  };
  if (head->log.generation < seen->log.generation)
    return went_back("generation", seen->log.generation, head->log.generation);
  if (head->sequence < seen->sequence)
    return went_back("log's head", seen->sequence, head->sequence);
  if (head->journal < seen->journal)
    return went_back("journal's version", seen->journal, head->journal);
  if (head->journal == seen->journal && head->journal_tag != seen->journal_tag)
    return "the store has another history: the last group of reports is not the one seen";
  if (seen->sequence == 0) return "";
  const auto entries = store.ReadLog(seen->sequence - 1, 1);
  if (!entries) return std::unexpected(entries.error());
  // An entry that is not there any more was old enough to be removed.
  if (!entries->empty() && entries->front().sequence == seen->sequence &&
      entries->front().tag != seen->tag) {
    return "the store has another history: entry " + std::to_string(seen->sequence) +
           " is not the one seen";
  }
  return "";
}

Result<void> Witness::Keep(const LogHead& head, TimePoint now) {
  if (kept_ && SameHead(*kept_, head)) return {};
  const bool same_life = kept_ && kept_->log == head.log;
  // A clock that was set back must not stop this.
  if (same_life && now >= kept_at_ && now < kept_at_ + kKeepEvery) return {};
  const nlohmann::json json = {{"log_id", head.log.log_id}, {"generation", head.log.generation},
                               {"sequence", head.sequence}, {"tag", head.tag},
                               {"journal", head.journal},   {"journal_tag", head.journal_tag}};
  if (auto written = WriteSecretFile(file_, json.dump() + "\n"); !written) return written;
  kept_ = head;
  kept_at_ = now;
  return {};
}

}  // namespace wardcast
