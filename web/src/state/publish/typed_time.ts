import { localText, meaning } from '../time/local_time.ts';

// A wall time as it is typed, "" for none; `second`: the second of two, when clocks go back.
export interface TypedTime {
  local: string;
  second: boolean;
}

export const noTime: TypedTime = { local: '', second: false };

export const skippedWords = 'The clocks skip this time in that night: take one before or after.';

export const noSuchTime = 'Choose a day and a time.';

const passedWords = 'This has passed: choose a later time.';

export function typedTime(ms: number | null, zone: string): TypedTime {
  if (ms === null) return noTime;
  const local = localText(ms, zone);
  const meant = meaning(local, zone);
  // Seconds and less are not typed.
  const second = meant.case === 'twice' && ms >= meant.second;
  return { local, second };
}

// Null: none was typed, or there is no such time.
export function instantOfTyped(typed: TypedTime, zone: string): number | null {
  const meant = meaning(typed.local, zone);
  if (meant.case === 'once') return meant.at;
  if (meant.case === 'twice') return typed.second ? meant.second : meant.first;
  return null;
}

export function typedProblem(typed: TypedTime, zone: string): string | undefined {
  if (typed.local === '') return undefined;
  const meant = meaning(typed.local, zone);
  if (meant.case === 'missing') return skippedWords;
  return meant.case === 'malformed' ? noSuchTime : undefined;
}

// As `typedProblem`, for a time that has to be still to come.
export function laterProblem(typed: TypedTime, zone: string, now: number): string | undefined {
  const at = instantOfTyped(typed, zone);
  return typedProblem(typed, zone) ?? (at !== null && at <= now ? passedWords : undefined);
}

export function sameTyped(a: TypedTime, b: TypedTime): boolean {
  return a.local === b.local && a.second === b.second;
}
