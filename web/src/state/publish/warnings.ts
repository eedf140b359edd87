import type { WarningJson } from '../../gen/wardcast/v1/publishing_pb.ts';

const fieldWords: [RegExp, string][] = [
  [/headline/, 'Headline'],
  [/impact/, 'Impact'],
  [/still_?works/i, 'What still works'],
  [/instructions/, 'What to do'],
  [/back_?entry/i, 'Back-entry'],
  [/reason/, 'Reason'],
  [/downtime_?pc/i, 'Downtime PC'],
  [/binder/, 'Binder'],
  [/text/, 'What wards read'],
];

// "Impact: A clock time …"; without a field the message alone.
export function warningWords(warning: WarningJson): string {
  const field = warning.field ?? '';
  const name = fieldWords.find(([pattern]) => pattern.test(field))?.[1];
  return name === undefined ? (warning.message ?? '') : `${name}: ${warning.message ?? ''}`;
}

// Sending then takes a reason.
export function hasPatientData(warnings: readonly WarningJson[]): boolean {
  return warnings.some(({ kind }) => kind === 'KIND_PATIENT_DATA');
}

// What is not asked about elsewhere.
export function toRead(warnings: readonly WarningJson[]): string[] {
  return [
    ...new Set(warnings.filter(({ kind }) => kind !== 'KIND_DUPLICATE').map(warningWords)),
  ].filter((words) => words !== '');
}
