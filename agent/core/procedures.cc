#include "agent/core/procedures.h"

#include <fmt/format.h>

#include <charconv>

#include "agent/core/words/say.h"

namespace wardcast::agent {
namespace {

constexpr std::size_t kDateSize = 10;  // "2026-01-14"

// The date at the begin of an ISO 8601 text; empty: there is none.
std::string DateIn(const std::string& text) {
  if (text.size() < kDateSize) return {};
  for (std::size_t at = 0; at < kDateSize; ++at) {
    const bool dash = at == 4 || at == 7;
    const bool digit = text[at] >= '0' && text[at] <= '9';
    if (dash ? text[at] != '-' : !digit) return {};
  }
  return text.substr(0, kDateSize);
}

std::string YearAfter(const std::string& date) {
  if (date.empty()) return {};
  int year = 0;
  std::from_chars(date.data(), date.data() + 4, year);
  const std::string day = date.substr(4);
  return fmt::format("{:04}{}", year + 1, day == "-02-29" ? "-02-28" : day);
}

// "Infrastructure · Approved by M. Lee on 2025-06-01"
std::string ApprovalText(const v1::Procedure& held, Language language) {
  const std::string owner = held.owner().empty() ? "" : held.owner() + " · ";
  if (held.approved_on().empty())
    return owner + Say(language, Phrase::kApprovedBy, {{"by", held.approved_by()}});
  return owner + Say(language, Phrase::kApprovedByOn,
                     {{"by", held.approved_by()}, {"on", held.approved_on()}});
}

}  // namespace

std::vector<Procedure> ProceduresOf(const v1::GetProceduresResponse& held, const SiteTime& site,
                                    TimePoint now) {
  const Language language = site.language();
  const std::string today = site.Date(now);
  std::vector<Procedure> procedures;
  procedures.reserve(static_cast<std::size_t>(held.procedures_size()));
  for (const v1::Procedure& one : held.procedures()) {
    Procedure& procedure = procedures.emplace_back();
    procedure.title = one.title();
    procedure.steps.assign(one.steps().begin(), one.steps().end());
    procedure.approval = ApprovalText(one, language);
    const std::string stated = DateIn(one.review_on());
    const std::string review = stated.empty() ? YearAfter(DateIn(one.approved_on())) : stated;
    if (review.empty()) continue;
    const bool overdue = review < today;
    procedure.review =
        Say(language, overdue ? Phrase::kReviewOverdue : Phrase::kReviewOn, {{"on", review}});
  }
  return procedures;
}

}  // namespace wardcast::agent
