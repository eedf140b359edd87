import type { AlertJson } from '../../gen/wardcast/v1/alert_pb.ts';

// The notice with its texts as their publisher wrote them, blanks and all: where every edit starts
// from. What wards read, with the blanks filled, is the notice itself.
export function asWritten(alert: AlertJson): AlertJson {
  const written = new Map(
    (alert.written ?? []).map(({ field, text }) => [field ?? '', text ?? '']),
  );
  if (written.size === 0) return alert;
  const own = (field: string, text: string | undefined) => written.get(field) ?? text ?? '';
  const list = (field: string, texts: readonly string[] | undefined) =>
    (texts ?? []).map((text, index) => own(`${field}[${index}]`, text));
  return {
    ...alert,
    headline: own('headline', alert.headline),
    impact: own('impact', alert.impact),
    reason: own('reason', alert.reason),
    stillWorks: list('still_works', alert.stillWorks),
    instructions: (alert.instructions ?? []).map((step, index) => ({
      ...step,
      text: own(`instructions[${index}]`, step.text),
    })),
    backEntry: list('back_entry', alert.backEntry),
  };
}
