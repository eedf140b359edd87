#include "server/alert/edit.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "server/alert/audience.h"
#include "server/alert/words/phrases.h"

namespace wardcast {
namespace {

constexpr std::array<std::string_view, 24> kEditable{
    "kind",        "phase",      "severity",       "presentation", "headline",    "services",
    "audience",    "impact",     "still_works",    "instructions", "start",       "expected_end",
    "next_update", "phone",      "phone_fallback", "downtime_pc",  "binder",      "reason",
    "ticket",      "back_entry", "zone",           "send_at",      "template_id", "language"};

bool IsRestored(const v1::Alert& alert) { return alert.state() == v1::State::RECOVERING; }

// "do now" and "do not", in order, as one string to compare.
std::string Orders(const v1::Alert& alert) {
  std::string orders;
  for (const v1::Instruction& step : alert.instructions()) {
    using When = v1::Instruction::When;
    if (step.when() == When::BEFORE || step.when() == When::AFTER) continue;
    const char* when = step.when() == When::DO_NOT ? "-" : "+";
    orders += when + step.role() + '\n' + step.text() + '\n';
  }
  return orders;
}

bool AddsService(const v1::Alert& before, const v1::Alert& after) {
  return std::ranges::any_of(after.services(), [&](const std::string& id) {
    return std::ranges::find(before.services(), id) == before.services().end();
  });
}

std::set<std::string> WardsOf(const v1::Alert& alert, const Directory& directory) {
  std::set<std::string> wards;
  const AudiencePtr resolved = AudienceOf(alert, directory);
  for (const ResolvedAudience::Ward& ward : resolved->wards) wards.insert(ward.ward_id);
  return wards;
}

template <class List>
bool SameTexts(const List& a, const List& b) {
  return std::ranges::equal(a, b);
}

template <class Message>
bool Same(const Message& a, const Message& b) {
  return a.SerializeAsString() == b.SerializeAsString();
}

}  // namespace

bool IsEditable(std::string_view field) {
  return std::ranges::find(kEditable, field) != kEditable.end();
}

void ClearOutputOnly(v1::Alert& alert) {
  const auto* descriptor = v1::Alert::descriptor();
  for (int i = 0; i < descriptor->field_count(); ++i) {
    const auto* field = descriptor->field(i);
    if (!IsEditable(field->name()) && field->name() != "status")
      alert.GetReflection()->ClearField(&alert, field);
  }
}

Result<FieldNames> EditedFields(const v1::Alert& current, const v1::UpdateAlertRequest& request) {
  FieldNames fields;
  std::vector<FieldViolation> violations;
  if (request.update_mask().paths_size() > 100)
    return Invalid({{"update_mask", "names more fields than an alert has"}});
  for (const std::string& path : request.update_mask().paths()) {
    if (IsEditable(path)) {
      fields.insert(path);
    } else if (path == "status") {
      violations.push_back({"update_mask", "status is fixed when an alert is published"});
    } else if (v1::Alert::descriptor()->FindFieldByName(path)) {
      violations.push_back({"update_mask", path + " is given by the broker: take it out"});
    } else {
      violations.push_back({"update_mask",
                            "names a field that an alert does not have: write names "
                            "like headline or stillWorks, without parts of them"});
    }
  }
  const v1::Status::Value status = request.alert().status();
  if (request.update_mask().paths().empty() && status != v1::Status::UNSPECIFIED &&
      status != current.status())
    violations.push_back(
        {"alert.status", "is fixed when an alert is published: publish a new one"});
  if (!violations.empty()) return Invalid(std::move(violations));
  if (request.update_mask().paths().empty()) {
    std::vector<const google::protobuf::FieldDescriptor*> set;
    request.alert().GetReflection()->ListFields(request.alert(), &set);
    for (const auto* field : set) {
      if (IsEditable(field->name())) fields.insert(field->name());
    }
  }
  return fields;
}

void CopyFields(const v1::Alert& from, const FieldNames& fields, v1::Alert& to) {
  v1::Alert part = from;
  part.DiscardUnknownFields();
  const auto* descriptor = v1::Alert::descriptor();
  for (int i = 0; i < descriptor->field_count(); ++i) {
    const auto* field = descriptor->field(i);
    // Merging would append to lists: what is copied is cleared on one side, the rest on the other.
    v1::Alert& side = fields.contains(field->name()) ? to : part;
    side.GetReflection()->ClearField(&side, field);
  }
  to.MergeFrom(part);
}

bool CallsAttention(const v1::Alert& before, const v1::Alert& after, const Directory& directory) {
  if (after.severity() > before.severity() || AddsService(before, after)) return true;
  if (IsRestored(before) && !IsRestored(after)) return true;
  if (Orders(before) != Orders(after)) return true;
  if (Same(before.audience(), after.audience()) && SameTexts(before.services(), after.services()))
    return false;
  return !std::ranges::includes(WardsOf(before, directory), WardsOf(after, directory));
}

std::string WhatChanged(const v1::Alert& before, const v1::Alert& after, const v1::ZonedTime& today,
                        const Wording& wording) {
  const Phrases& phrases = PhrasesIn(wording.language);
  std::string line;
  const auto say = [&line](const std::string& part) { line += (line.empty() ? "" : ", ") + part; };
  const auto time = [&](const char* phrase, bool had, const v1::ZonedTime& old, bool has,
                        const v1::ZonedTime& now, const char* none) {
    if (had == has && (!has || Same(old, now))) return;
    say(has ? Filled(phrase, {MomentText(now, today, wording)}) : std::string(none));
  };
  if (after.severity() != before.severity()) {
    say(Filled(phrases.severity, {SeverityWord(after.severity(), wording.language),
                                  SeverityWord(before.severity(), wording.language)}));
  }
  const bool begun = after.has_started_at() &&
                     (!before.has_started_at() || !Same(before.started_at(), after.started_at()));
  if (begun) say(Filled(phrases.begun, {MomentText(after.started_at(), today, wording)}));
  if (after.phase() != before.phase() && !begun) say(PhaseWords(after.phase(), wording.language));
  if (Orders(before) != Orders(after)) say(phrases.what_to_do);
  if (!SameTexts(before.services(), after.services())) say(phrases.services);
  if (!Same(before.audience(), after.audience())) say(phrases.wards);
  time(phrases.expected_back, before.has_expected_end(), before.expected_end(),
       after.has_expected_end(), after.expected_end(), phrases.expected_back_unknown);
  time(phrases.next_update, before.has_next_update(), before.next_update(), after.has_next_update(),
       after.next_update(), phrases.next_update_none);
  time(phrases.start, before.has_start(), before.start(), after.has_start(), after.start(),
       phrases.start_unknown);
  if (after.headline() != before.headline()) say(phrases.headline);
  if (after.impact() != before.impact()) say(phrases.impact);
  if (!SameTexts(before.still_works(), after.still_works())) say(phrases.still_works);
  if (after.phone() != before.phone() || after.phone_fallback() != before.phone_fallback())
    say(Filled(phrases.phone, {after.phone()}));
  if (after.downtime_pc() != before.downtime_pc() || after.binder() != before.binder())
    say(phrases.downtime_pc);
  if (!SameTexts(before.back_entry(), after.back_entry())) say(phrases.back_entry);
  return line.empty() ? phrases.details : line;
}

}  // namespace wardcast
