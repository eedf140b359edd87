#include "server/journal/progress.h"

#include <algorithm>
#include <limits>
#include <map>
#include <string_view>
#include <tuple>
#include <unordered_map>

#include "base/proto_time.h"
#include "server/alert/opening.h"
#include "server/alert/ward_round.h"
#include "server/alert/zoned_time.h"

namespace wardcast {
namespace {

bool IsAcknowledgement(const v1::WardAnswer& answer, bool closed) {
  switch (answer.response()) {
    case v1::Response::PROCEDURE_STARTED:
    case v1::Response::NOT_AFFECTED:
      return true;
    case v1::Response::BACK_ENTRY_DONE:
      return closed;
    default:
      return false;
  }
}

// What the answers say: whether the ward acknowledged its round, and whether it waits for help.
void ReadAnswers(const v1::Alert& alert, const std::vector<v1::WardAnswer>& answers,
                 v1::WardProgress& ward, bool& help) {
  const bool closed = alert.state() == v1::State::CLOSED;
  const int round = RoundOf(alert, ward.ward_id());
  bool real_problem = false;
  for (const v1::WardAnswer& answer : answers) {
    if (answer.response() == v1::Response::NEED_HELP) help = !closed;
    if (answer.response() == v1::Response::REAL_PROBLEM) real_problem = true;
    if (!IsAcknowledgement(answer, closed)) continue;
    help = false;
    // What the ward answers to the drill says nothing about its problem.
    if (answer.from_outside()) real_problem = false;
    if (answer.round() == round) ward.set_acknowledged(true);
  }
  help = help || real_problem;
  const int left_out = std::max(0, static_cast<int>(answers.size()) - kMostAnswersTold);
  ward.set_answers_left_out(left_out);
  for (auto answer = answers.begin() + left_out; answer != answers.end(); ++answer)
    *ward.add_answers() = *answer;
}

v1::WardState::Value StateOf(const v1::WardProgress& ward, bool help) {
  if (help) return v1::WardState::HELP;
  if (ward.acknowledged()) return v1::WardState::ACKNOWLEDGED;
  if (ward.seen() > 0) return v1::WardState::SEEN;
  if (ward.displayed() > 0) return v1::WardState::DISPLAYED;
  return v1::WardState::DARK;
}

std::string ZoneOf(const std::string& ward_id, const Directory& directory) {
  const v1::Site* site = directory.SiteOfWard(ward_id);
  return site ? site->zone() : std::string();
}

// Nobody is there to be told: that is not the same as nobody having been reached.
void CloseByHours(v1::WardProgress& progress, const Directory& directory, TimePoint at) {
  const v1::Ward* ward = directory.FindWard(progress.ward_id());
  if (progress.state() != v1::WardState::DARK || ward == nullptr) return;
  const std::string zone = ZoneOf(ward->id(), directory);
  const auto opens = ClosedUntil(ward->opening_hours(), zone, at);
  if (!opens) return;
  progress.set_state(v1::WardState::CLOSED);
  *progress.mutable_opens_at() = ToZoned(*opens, zone);
}

void Describe(v1::WardProgress& progress, const Directory& directory,
              const CountOfConnected& connected) {
  const v1::Ward* ward = directory.FindWard(progress.ward_id());
  progress.set_name(ward != nullptr ? ward->name() : progress.ward_id());
  if (ward == nullptr) return;  // removed from the directory meanwhile
  if (!ward->phones().empty()) progress.set_phone(ward->phones(0));
  if (const v1::Site* site = directory.SiteOfWard(ward->id())) progress.set_site_id(site->id());
  progress.set_connected(connected(directory.EndpointsOfWard(ward->id())));
}

// By need of attention, then as lists are ordered; wards that the directory does not know last.
void Sort(std::vector<v1::WardProgress>& wards, const Directory& directory) {
  std::unordered_map<std::string_view, std::size_t> places;
  for (const v1::Ward* ward : directory.WardsInOrder()) places.emplace(ward->id(), places.size());
  const auto place = [&](const v1::WardProgress& ward) {
    const auto found = places.find(ward.ward_id());
    return found != places.end() ? found->second : std::numeric_limits<std::size_t>::max();
  };
  std::sort(wards.begin(), wards.end(), [&](const auto& a, const auto& b) {
    return std::tuple(a.state(), place(a), std::string_view(a.ward_id())) <
           std::tuple(b.state(), place(b), std::string_view(b.ward_id()));
  });
}

}  // namespace

v1::AlertProgress ComputeProgress(const v1::Alert& alert, const std::vector<ExpectedWard>& expected,
                                  const std::vector<WardCount>& counts,
                                  const std::vector<v1::WardAnswer>& answers,
                                  const Directory& directory, const CountOfConnected& connected,
                                  TimePoint now) {
  v1::AlertProgress progress;
  progress.set_alert_id(alert.id());
  progress.set_round(alert.round());
  *progress.mutable_server_time() = ToTimestamp(now);

  struct Ward {
    v1::WardProgress progress;
    std::vector<v1::WardAnswer> answers;
    bool expected = false;
    TimePoint until{};  // when it left the audience
  };
  std::map<std::string, Ward> wards;
  for (const ExpectedWard& ward : expected) {
    wards[ward.ward_id].expected = true;
    wards[ward.ward_id].until = ward.until;
    wards[ward.ward_id].progress.set_expected(ward.endpoints);
  }
  for (const WardCount& count : counts) {
    v1::WardProgress& ward = wards[count.ward_id].progress;
    ward.set_delivered(count.delivered);
    ward.set_displayed(count.displayed);
    ward.set_seen(count.seen);
  }
  for (const v1::WardAnswer& answer : answers) {
    if (!answer.ward_id().empty()) wards[answer.ward_id()].answers.push_back(answer);
  }
  const bool closed = alert.state() == v1::State::CLOSED && alert.has_changed_at();
  const TimePoint at = closed ? FromTimestamp(alert.changed_at().at()) : now;

  std::vector<v1::WardProgress> listed;
  for (auto& [ward_id, ward] : wards) {
    if (ward.expected) {
      progress.set_endpoints(progress.endpoints() + ward.progress.expected());
      progress.set_delivered(progress.delivered() + ward.progress.delivered());
      progress.set_displayed(progress.displayed() + ward.progress.displayed());
      progress.set_seen(progress.seen() + ward.progress.seen());
    }
    if (ward_id.empty()) {
      progress.set_unplaced(ward.progress.expected());
      continue;
    }
    ward.progress.set_ward_id(ward_id);
    bool help = false;
    ReadAnswers(alert, ward.answers, ward.progress, help);
    ward.progress.set_state(StateOf(ward.progress, help));
    CloseByHours(ward.progress, directory, at);
    Describe(ward.progress, directory, connected);
    if (ward.until != TimePoint{})
      *ward.progress.mutable_left_at() = ToZoned(ward.until, ZoneOf(ward_id, directory));
    progress.set_wards_help(progress.wards_help() + (help ? 1 : 0));
    if (ward.expected) {
      const bool shut = ward.progress.state() == v1::WardState::CLOSED;
      progress.set_wards(progress.wards() + 1);
      progress.set_wards_acknowledged(progress.wards_acknowledged() +
                                      (ward.progress.acknowledged() ? 1 : 0));
      progress.set_wards_closed(progress.wards_closed() + (shut ? 1 : 0));
    }
    listed.push_back(std::move(ward.progress));
  }
  Sort(listed, directory);
  for (v1::WardProgress& ward : listed) *progress.add_by_ward() = std::move(ward);
  return progress;
}

}  // namespace wardcast
