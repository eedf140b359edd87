import type { ProcedureJson } from '../../gen/wardcast/v1/directory_pb.ts';
import { wallTime } from '../time/zone.ts';

export interface Review {
  // ISO 8601; empty: not known.
  on: string;
  // The day has passed.
  overdue: boolean;
}

// When a procedure is to be looked at again: as its team says, else 12 months after its approval.
// `today`: the date at the site, ISO 8601.
export function reviewOf(procedure: ProcedureJson, today: string): Review {
  const on = dateOf(procedure.reviewOn) || yearAfter(dateOf(procedure.approvedOn));
  return { on, overdue: on !== '' && on < today };
}

// "2026-11-22"
export function dateAt(ms: number, zone: string): string {
  const { year, month, day } = wallTime(ms, zone);
  return [String(year).padStart(4, '0'), two(month), two(day)].join('-');
}

const two = (value: number) => String(value).padStart(2, '0');

const dateOf = (text: string | undefined) => /^\d{4}-\d\d-\d\d/.exec(text ?? '')?.[0] ?? '';

function yearAfter(date: string): string {
  if (date === '') return '';
  const year = String(Number(date.slice(0, 4)) + 1).padStart(4, '0');
  return year + date.slice(4).replace('-02-29', '-02-28');
}
