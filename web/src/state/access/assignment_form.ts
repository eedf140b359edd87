import type {
  Kind_ValueJson,
  Presentation_ValueJson,
  Severity_ValueJson,
} from '../../gen/wardcast/v1/alert_pb.ts';
import type { AssignmentJson, ScopeJson } from '../../gen/wardcast/v1/role_pb.ts';
import type { RoleChoice } from './role_choice.ts';

// One role with its scope, as it stands in a form. Everything but the role may stay empty: no limit.
export interface AssignmentForm {
  // Tells the forms of one list apart.
  key: number;
  role: string;
  // "site:main", "building:tower", "ward:4w"
  places: string[];
  // "service:pacs", "team:imaging"
  work: string[];
  kinds: Kind_ValueJson[];
  severity: Severity_ValueJson;
  presentation: Presentation_ValueJson;
  // Digits.
  endpoints: string;
}

export function emptyAssignment(key: number): AssignmentForm {
  return {
    key,
    role: '',
    places: [],
    work: [],
    kinds: [],
    severity: 'UNSPECIFIED',
    presentation: 'UNSPECIFIED',
    endpoints: '',
  };
}

const tagged = (tag: string, ids: readonly string[] | undefined) =>
  (ids ?? []).map((id) => `${tag}:${id}`);

const untagged = (tag: string, values: readonly string[]) =>
  values.filter((each) => each.startsWith(`${tag}:`)).map((each) => each.slice(tag.length + 1));

export function assignmentForms(assignments: readonly AssignmentJson[]): AssignmentForm[] {
  return assignments.map(({ role, scope }, key) => ({
    key,
    role: role ?? '',
    places: [
      ...tagged('site', scope?.sites),
      ...tagged('building', scope?.buildings),
      ...tagged('ward', scope?.wards),
    ],
    work: [...tagged('team', scope?.teams), ...tagged('service', scope?.services)],
    kinds: scope?.kinds ?? [],
    severity: scope?.maxSeverity ?? 'UNSPECIFIED',
    presentation: scope?.maxPresentation ?? 'UNSPECIFIED',
    endpoints: (scope?.maxEndpoints ?? 0) > 0 ? String(scope?.maxEndpoints) : '',
  }));
}

export function assignmentOf(form: AssignmentForm): AssignmentJson {
  const scope: ScopeJson = {
    sites: untagged('site', form.places),
    buildings: untagged('building', form.places),
    wards: untagged('ward', form.places),
    teams: untagged('team', form.work),
    services: untagged('service', form.work),
    kinds: form.kinds,
    maxSeverity: form.severity,
    maxPresentation: form.presentation,
    maxEndpoints: Number(form.endpoints) || 0,
  };
  return { role: form.role, scope };
}

const needWords: Record<string, string> = {
  services: 'Choose at least one service or team.',
  wards: 'Choose at least one ward.',
  sites: 'Choose at least one site.',
};

export type AssignmentProblems = Partial<Record<'role' | 'places' | 'work' | 'endpoints', string>>;

// What is missing or wrong, beside its field; empty: it can be sent.
export function assignmentProblems(
  form: AssignmentForm,
  choices: readonly RoleChoice[],
): AssignmentProblems {
  const problems: AssignmentProblems = {};
  if (form.role === '') problems.role = 'Choose a role.';
  const { services = [], teams = [], wards = [], sites = [] } = assignmentOf(form).scope ?? {};
  const has: Record<string, boolean> = {
    services: services.length + teams.length > 0,
    wards: wards.length > 0,
    sites: sites.length > 0,
  };
  for (const need of choices.find(({ id }) => id === form.role)?.needs ?? []) {
    if (has[need] ?? true) continue;
    problems[need === 'services' ? 'work' : 'places'] = needWords[need] ?? `Choose ${need}.`;
  }
  if (form.endpoints !== '' && !/^[1-9]\d{0,5}$/.test(form.endpoints))
    problems.endpoints = 'A number from 1 to 999999, or nothing for no limit.';
  return problems;
}

const places: [RegExp, keyof AssignmentProblems][] = [
  [/\.role$/, 'role'],
  [/\.scope\.(sites|buildings|wards)/, 'places'],
  [/\.scope\.(teams|services)/, 'work'],
  [/\.scope\.max_?endpoints/i, 'endpoints'],
];

// What the broker does not accept, beside the field of the form where it was chosen.
export function refusedAssignments(
  violations: readonly { field: string; description: string }[],
): Map<number, AssignmentProblems> {
  const refused = new Map<number, AssignmentProblems>();
  for (const { field, description } of violations) {
    const index = /\bassignments\[(\d+)\]/.exec(field)?.[1];
    const place = places.find(([pattern]) => pattern.test(field))?.[1];
    if (index === undefined || place === undefined) continue;
    const at = Number(index);
    refused.set(at, { ...refused.get(at), [place]: description });
  }
  return refused;
}

// Violations that `refusedAssignments` has no place for: about the whole.
export function otherViolations(
  violations: readonly { field: string; description: string }[],
): { field: string; description: string }[] {
  return violations.filter(
    ({ field }) =>
      !/\bassignments\[\d+\]/.test(field) || !places.some(([pattern]) => pattern.test(field)),
  );
}
