#include "agent/cli/notice/notice_flags.h"

namespace wardcast::cli {

void AddDoubledFlags(CLI::App& command, bool& first, bool& second) {
  auto* one = command.add_flag(
      "--first-time", first,
      "the first wall time that is named comes twice that night, and its first time is "
      "meant; behind another one write first or second");
  command.add_flag("--second-time", second, "and its second time is meant")->excludes(one);
}

Doubled DoubledOf(bool first, bool second) {
  return first ? Doubled::kFirst : second ? Doubled::kSecond : Doubled::kAsk;
}

void AddNoticeFlags(CLI::App& command, NoticeFlags& f) {
  command
      .add_option("--json", f.json_file,
                  "take the alert from proto3 JSON in FILE (- for standard input); flags override")
      ->type_name("FILE");
  command
      .add_option("--template", f.template_id,
                  "begin with this prepared notice (`wardcast template` lists them)")
      ->type_name("ID");
  auto* what = command.add_option_group("What");
  what->add_option("--kind", f.kind,
                   "outage, degraded, planned-downtime, security, emergency, information");
  what->add_option("--severity", f.severity, "minor, moderate (default), severe, extreme");
  what->add_option("--headline", f.headline, "at most 90 characters");
  what->add_option("--service", f.services, "id of an affected service; may be repeated");
  what->add_option("--impact", f.impact,
                   "one line of impact; here as in any text {service}, {start}, {end} and {next} "
                   "stand for what the notice says of them, and follow when that moves");
  what->add_option("--still-works", f.still_works, "what still works; may be repeated");
  what->add_option("--before", f.before, "what to do before; may be repeated");
  what->add_option("--do", f.during, "what to do now; may be repeated");
  what->add_option("--after", f.after, "what to do afterwards; may be repeated");
  what->add_option("--do-not", f.do_not, "what not to do; may be repeated");
  what->add_option("--back-entry", f.back_entry,
                   "what to enter again after the end; may be repeated");
  what->add_option("--reason", f.reason, "why");
  what->add_option("--ticket", f.ticket, "ticket number");
  what->add_option("--phase", f.phase,
                   "announced, looking-into-it, confirmed, extended, restored-verifying, …");
  what->add_option("--presentation", f.presentation,
                   "ticker, toast, dialog, takeover (default by severity)");
  auto* when = command.add_option_group(
      "When",
      "now, +30m, +2h, 2026-03-01T14:30:00-07:00, or what a clock on the wall shows there: "
      "\"2026-11-01 01:30\", in the night in which clocks go back \"2026-11-01 01:30 second\"");
  when->add_option("--start", f.start, "since or from when (default now)");
  when->add_option("--until", f.until, "expected end (default unknown)");
  when->add_option("--next-update", f.next_update, "your promise (default by severity)");
  when->add_option("--send-at", f.send_at, "when it shall go out (default at once)");
  when->add_option("--zone", f.zone,
                   "IANA zone in which times are meant (default: the first site's)");
  AddDoubledFlags(*when, f.first_time, f.second_time);
  auto* who = command.add_option_group(
      "For whom", "union of the places; default: the wards that depend on the services");
  who->add_flag("--everyone", f.everyone, "every endpoint of every site");
  who->add_option("--site", f.sites, "site id; may be repeated");
  who->add_option("--building", f.buildings, "building id; may be repeated");
  who->add_option("--ward", f.wards, "ward id; may be repeated");
  who->add_option("--depends-on", f.dependent_services,
                  "wards that depend on this service; may be repeated");
  who->add_option("--endpoint", f.endpoints, "endpoint id; may be repeated");
  who->add_option("--class", f.classes, "only this class: standard, clinical, downtime, board");
  who->add_option("--tag", f.tags, "only endpoints with this tag");
  who->add_option("--role", f.roles, "of persons only those with this role");
  who->add_option("--except-site", f.except_sites, "not this site; may be repeated");
  who->add_option("--except-building", f.except_buildings, "not this building; may be repeated");
  who->add_option("--except-ward", f.except_wards, "not this ward; may be repeated");
  who->add_option("--except-endpoint", f.except_endpoints, "not this endpoint; may be repeated");
  who->add_option("--except-class", f.except_classes, "not this class; may be repeated");
  who->add_option("--except-tag", f.except_tags, "not those with this tag; may be repeated");
  auto* call = command.add_option_group("Whom to call and where to go");
  call->add_option("--phone", f.phone, "number to call (default: the site's command centre)");
  call->add_option("--phone-fallback", f.phone_fallback, "the other way when phones are down");
  call->add_option("--downtime-pc", f.downtime_pc,
                   "nearest downtime PC (default: each ward's own)");
  call->add_option("--binder", f.binder, "where the binder is (default: each ward's own)");
  call->add_option("--language", f.language,
                   "of the product's own words in it: en, de, es, fr (default: the site's)")
      ->check(CLI::IsMember({"en", "de", "es", "fr"}));
}

}  // namespace wardcast::cli
