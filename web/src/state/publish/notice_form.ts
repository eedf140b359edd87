import type {
  AlertJson,
  Instruction_When_ValueJson,
  InstructionJson,
  Kind_ValueJson,
  Phase_ValueJson,
  Presentation_ValueJson,
  Severity_ValueJson,
} from '../../gen/wardcast/v1/alert_pb.ts';
import type { AudienceJson } from '../../gen/wardcast/v1/audience_pb.ts';

// A moment as it is typed: not given, so many minutes from now, or a local time in the notice's zone
// ("2026-11-01T01:30"; `second`: the second of two such times in the night of the clock change).
export type Moment =
  | { case: 'none' }
  | { case: 'now' }
  | { case: 'in'; minutes: number }
  | { case: 'at'; local: string; second: boolean };

export type AudienceChoice = 'services' | 'places' | 'everyone';

// What is typed on the page. Lists are one item a line; texts may hold {service}, {start}, {next}.
export interface NoticeForm {
  templateId: string;
  // An exercise; only the drill page begins one.
  drill: boolean;
  kind: Kind_ValueJson;
  phase: Phase_ValueJson;
  severity: Severity_ValueJson;
  headline: string;
  services: string[];
  audience: AudienceChoice;
  // "site:main", "building:b1", "ward:4w", "service:pacs"
  places: string[];
  impact: string;
  stillWorks: string;
  before: string;
  during: string;
  after: string;
  doNot: string;
  start: Moment;
  end: Moment;
  next: Moment;
  phone: string;
  phoneFallback: string;
  downtimePc: string;
  binder: string;
  reason: string;
  ticket: string;
  backEntry: string;
  // When it goes out; `now`: as soon as it is sent.
  sendAt: Moment;
  // UNSPECIFIED: by the severity.
  presentation: Presentation_ValueJson;
  // The draft that it is written over; empty: none yet.
  draftId: string;
  // That draft's revision when it was opened here.
  draftRevision: number;
}

export const emptyForm: NoticeForm = {
  templateId: '',
  drill: false,
  kind: 'OUTAGE',
  phase: 'UNSPECIFIED',
  severity: 'SEVERE',
  headline: '',
  services: [],
  audience: 'services',
  places: [],
  impact: '',
  stillWorks: '',
  before: '',
  during: '',
  after: '',
  doNot: '',
  start: { case: 'now' },
  end: { case: 'none' },
  next: { case: 'in', minutes: 30 },
  phone: '',
  phoneFallback: '',
  downtimePc: '',
  binder: '',
  reason: '',
  ticket: '',
  backEntry: '',
  sendAt: { case: 'now' },
  presentation: 'UNSPECIFIED',
  draftId: '',
  draftRevision: 0,
};

// The publisher's promise by severity, in minutes; null: none is asked.
export function nextUpdateMinutes(severity: Severity_ValueJson): number | null {
  switch (severity) {
    case 'EXTREME':
      return 15;
    case 'SEVERE':
      return 30;
    case 'MODERATE':
    case 'UNSPECIFIED':
      return 60;
    case 'MINOR':
      return null;
  }
}

export function nextMoment(severity: Severity_ValueJson): Moment {
  const minutes = nextUpdateMinutes(severity);
  return minutes === null ? { case: 'none' } : { case: 'in', minutes };
}

// A form with everything that a template or an open notice says.
export function formFrom(alert: AlertJson, templateId: string): NoticeForm {
  const severity = alert.severity ?? 'MODERATE';
  const steps = (when: Instruction_When_ValueJson) =>
    (alert.instructions ?? [])
      .filter(
        (step) =>
          (step.when ?? 'DURING') === when || (when === 'DURING' && step.when === 'UNSPECIFIED'),
      )
      .map(stepLine)
      .join('\n');
  return {
    ...emptyForm,
    templateId,
    kind: alert.kind ?? 'OUTAGE',
    phase: alert.phase ?? 'UNSPECIFIED',
    severity,
    headline: alert.headline ?? '',
    services: [...(alert.services ?? [])],
    ...audienceFrom(alert.audience),
    impact: alert.impact ?? '',
    stillWorks: (alert.stillWorks ?? []).join('\n'),
    before: steps('BEFORE'),
    during: steps('DURING'),
    after: steps('AFTER'),
    doNot: steps('DO_NOT'),
    start:
      alert.kind === 'PLANNED_DOWNTIME'
        ? { case: 'at', local: '', second: false }
        : { case: 'now' },
    next: nextMoment(severity),
    phone: alert.phone ?? '',
    phoneFallback: alert.phoneFallback ?? '',
    downtimePc: alert.downtimePc ?? '',
    binder: alert.binder ?? '',
    reason: alert.reason ?? '',
    ticket: alert.ticket ?? '',
    backEntry: (alert.backEntry ?? []).join('\n'),
    presentation: alert.presentation ?? 'UNSPECIFIED',
  };
}

function stepLine(step: InstructionJson): string {
  return (step.role ?? '') === '' ? (step.text ?? '') : `[${step.role}] ${step.text ?? ''}`;
}

// "[charge nurse] Print the list" is a step for one role.
export function stepsOf(text: string, when: Instruction_When_ValueJson): InstructionJson[] {
  return linesOf(text).map((line) => {
    const match = /^\[([^\]]{1,40})\]\s*(.*)$/.exec(line);
    return match === null
      ? { when, text: line }
      : { when, role: match[1] ?? '', text: match[2] ?? '' };
  });
}

export function linesOf(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

function audienceFrom(audience: AudienceJson | undefined): Pick<NoticeForm, 'audience' | 'places'> {
  if (audience?.everyone) return { audience: 'everyone', places: [] };
  const places = [
    ...(audience?.sites ?? []).map((id) => `site:${id}`),
    ...(audience?.buildings ?? []).map((id) => `building:${id}`),
    ...(audience?.wards ?? []).map((id) => `ward:${id}`),
    ...(audience?.services ?? []).map((id) => `service:${id}`),
  ];
  return places.length === 0 ? { audience: 'services', places } : { audience: 'places', places };
}

export function audienceOf(form: NoticeForm): AudienceJson {
  if (form.audience === 'everyone') return { everyone: true };
  if (form.audience === 'services') return {};
  const of = (kind: string) =>
    form.places
      .filter((place) => place.startsWith(`${kind}:`))
      .map((place) => place.slice(kind.length + 1));
  return {
    sites: of('site'),
    buildings: of('building'),
    wards: of('ward'),
    services: of('service'),
  };
}
