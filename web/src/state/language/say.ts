import type { Key, Spoken } from './words.ts';

// A phrase with its blanks filled: `{time}` by `blanks.time`, as it is. A blank that is not given
// stays empty.
export function say(spoken: Spoken, key: Key, blanks: Record<string, string> = {}): string {
  return spoken.words[key].replace(/\{(\w+)\}/g, (_, name: string) => blanks[name] ?? '');
}

// The form that the language uses for this number; French has its singular for 0 as well.
export function sayCount(spoken: Spoken, one: Key, many: Key, count: number): string {
  const singular = count === 1 || (count === 0 && spoken.language === 'fr');
  return say(spoken, singular ? one : many, { count: String(count) });
}

// Word number `index` of a phrase that is a list: weekdays, months.
export function sayItem(spoken: Spoken, list: Key, index: number): string {
  return spoken.words[list].split(' ')[index] ?? '';
}
