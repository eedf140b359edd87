import type { AlertJson, InstructionJson } from '../../gen/wardcast/v1/alert_pb.ts';

// What stands for {service}, {start}, {end} and {next} in texts.
export interface Blanks {
  service: string;
  start: string;
  end: string;
  next: string;
}

// The text with its blanks filled. A blank with nothing to fill it stays as it is, so that it is seen.
export function fill(text: string, blanks: Blanks): string {
  return text.replace(/\{(service|start|end|next)\}/g, (whole, name: keyof Blanks) => {
    return blanks[name] === '' ? whole : blanks[name];
  });
}

// Blanks that are still open in a text.
export function openBlanks(text: string): string[] {
  return [...new Set(text.match(/\{(service|start|end|next)\}/g) ?? [])];
}

// "a", "a and b", "a, b and c"
export function together(names: readonly string[]): string {
  if (names.length < 2) return names[0] ?? '';
  return `${names.slice(0, -1).join(', ')} and ${names[names.length - 1]}`;
}

// The texts of a notice, which the broker fills too, in place of those that the console has filled.
export function withTextsOf(alert: AlertJson, filled: AlertJson): AlertJson {
  return {
    ...alert,
    headline: filled.headline ?? '',
    impact: filled.impact ?? '',
    reason: filled.reason ?? '',
    stillWorks: filled.stillWorks ?? [],
    instructions: filled.instructions ?? [],
    backEntry: filled.backEntry ?? [],
  };
}

export function fillAlert(alert: AlertJson, blanks: Blanks): AlertJson {
  const text = (value: string | undefined) => fill(value ?? '', blanks);
  const texts = (values: readonly string[] | undefined) =>
    (values ?? []).map((value) => fill(value, blanks));
  const step = (each: InstructionJson) => ({ ...each, text: text(each.text) });
  return {
    ...alert,
    headline: text(alert.headline),
    impact: text(alert.impact),
    reason: text(alert.reason),
    stillWorks: texts(alert.stillWorks),
    instructions: (alert.instructions ?? []).map(step),
    backEntry: texts(alert.backEntry),
  };
}
