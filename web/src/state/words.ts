import type {
  Closing_ValueJson,
  Kind_ValueJson,
  Phase_ValueJson,
  Severity_ValueJson,
} from '../gen/wardcast/v1/alert_pb.ts';
import type { HelpKind_ValueJson, Response_ValueJson } from '../gen/wardcast/v1/answer_pb.ts';
import type { WardState_ValueJson } from '../gen/wardcast/v1/progress_pb.ts';

// The words that people read, one table for each enum.

export const severityWord: Record<Severity_ValueJson, string> = {
  UNSPECIFIED: 'CAUTION',
  MINOR: 'NOTICE',
  MODERATE: 'CAUTION',
  SEVERE: 'WARNING',
  EXTREME: 'DANGER',
};

export const kindWord: Record<Kind_ValueJson, string> = {
  UNSPECIFIED: 'Notice',
  PLANNED_DOWNTIME: 'Planned downtime',
  OUTAGE: 'Outage',
  DEGRADED: 'Slow or partly down',
  SECURITY: 'Security',
  EMERGENCY: 'Emergency',
  INFORMATION: 'Information',
};

export const phaseWord: Record<Phase_ValueJson, string> = {
  UNSPECIFIED: '',
  ANNOUNCED: 'Announced',
  LOOKING_INTO_IT: 'IT is looking into it',
  CONFIRMED: 'Confirmed',
  EXTENDED: 'Takes longer than said',
  POSTPONED: 'Postponed',
  RESTORED_VERIFYING: 'Restored, verifying',
  ALL_CLEAR: 'All clear',
  BACK_ENTRY: 'Back-entry',
};

export const closingWord: Record<Closing_ValueJson, string> = {
  UNSPECIFIED: '',
  ENDED: 'All clear',
  RECALLED: 'Recalled',
  EXPIRED: 'Expired',
};

export const responseWord: Record<Response_ValueJson, string> = {
  UNSPECIFIED: '',
  PROCEDURE_STARTED: 'procedure started',
  NOT_AFFECTED: 'not affected',
  NEED_HELP: 'needs downtime help',
  BACK_ENTRY_DONE: 'back-entry done',
  REAL_PROBLEM: 'reports a real problem',
};

export const helpWord: Record<HelpKind_ValueJson, string> = {
  UNSPECIFIED: '',
  FORMS_OR_PRINTER: 'Forms or printer',
  DOWNTIME_PC: 'Downtime PC',
  STAFF: 'Staff',
  CALL_ME: 'Call me',
};

export const wardStateWord: Record<WardState_ValueJson, string> = {
  UNSPECIFIED: 'Not known',
  DARK: 'Not reached',
  HELP: 'Needs downtime help',
  DISPLAYED: 'Shown, no answer',
  SEEN: 'Seen, no answer',
  ACKNOWLEDGED: 'Acknowledged',
  CLOSED: 'Closed',
};

// For the middle of a sentence: "downtime PC".
export function uncapital(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

export function count(number: number, one: string, many: string): string {
  return `${number} ${number === 1 ? one : many}`;
}
