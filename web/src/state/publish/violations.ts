import type { FormProblems } from './form_alert.ts';
import type { NoticeForm } from './notice_form.ts';

const fields: [RegExp, keyof NoticeForm][] = [
  [/^(alert\.)?headline/, 'headline'],
  [/^(alert\.)?services/, 'services'],
  [/^(alert\.)?audience/, 'places'],
  [/^(alert\.)?impact/, 'impact'],
  [/^(alert\.)?still_?works/i, 'stillWorks'],
  [/^(alert\.)?instructions/, 'during'],
  [/^(alert\.)?start/, 'start'],
  [/^(alert\.)?expected_?end/i, 'end'],
  [/^(alert\.)?next_?update/i, 'next'],
  [/^(alert\.)?phone_?fallback/i, 'phoneFallback'],
  [/^(alert\.)?phone/, 'phone'],
  [/^(alert\.)?downtime_?pc/i, 'downtimePc'],
  [/^(alert\.)?binder/, 'binder'],
  [/^(alert\.)?reason/, 'reason'],
  [/^(alert\.)?ticket/, 'ticket'],
  [/^(alert\.)?back_?entry/i, 'backEntry'],
  [/^(alert\.)?kind/, 'kind'],
  [/^(alert\.)?severity/, 'severity'],
  [/^(alert\.)?send_?at/i, 'sendAt'],
  [/^(alert\.)?presentation/, 'presentation'],
];

export interface Placed {
  problems: FormProblems;
  // Violations of what the page has no field for.
  elsewhere: string[];
}

// Puts what the broker did not accept beside the field where it was typed.
export function placeViolations(
  violations: readonly { field: string; description: string }[],
): Placed {
  const placed: Placed = { problems: {}, elsewhere: [] };
  for (const { field, description } of violations) {
    const mine = fields.find(([pattern]) => pattern.test(field))?.[1];
    if (mine === undefined) placed.elsewhere.push(`${field}: ${description}`);
    else placed.problems[mine] = description;
  }
  return placed;
}
