import type { Presentation_ValueJson } from '../../gen/wardcast/v1/alert_pb.ts';
import type {
  BuildingJson,
  ServiceJson,
  SiteJson,
  TeamJson,
  WardJson,
} from '../../gen/wardcast/v1/directory_pb.ts';
import type { AssignmentJson, RoleSetJson, ScopeJson } from '../../gen/wardcast/v1/role_pb.ts';
import { capital, count, kindWord, severityWord, uncapital } from '../words.ts';

type Named = { id?: string; name?: string };

// Names for the ids of scopes, as staff use them.
export interface ScopeNames {
  roles: ReadonlyMap<string, string>;
  // "site:main" and so on.
  things: ReadonlyMap<string, string>;
}

export function scopeNames(
  map: {
    sites: readonly SiteJson[];
    buildings: readonly BuildingJson[];
    wards: readonly WardJson[];
    services: readonly ServiceJson[];
    teams: readonly TeamJson[];
  },
  sets: readonly RoleSetJson[],
): ScopeNames {
  const tagged = (tag: string, list: readonly Named[]): [string, string][] =>
    list.map(({ id, name }) => [`${tag}:${id}`, name || (id ?? '')]);
  return {
    roles: new Map(sets.map(({ id, name }) => [id ?? '', name || (id ?? '')])),
    things: new Map([
      ...tagged('site', map.sites),
      ...tagged('building', map.buildings),
      ...tagged('ward', map.wards),
      ...tagged('service', map.services),
      ...tagged('team', map.teams),
    ]),
  };
}

export const presentationWord: Record<Presentation_ValueJson, string> = {
  UNSPECIFIED: 'No limit',
  TICKER: 'the strip',
  TOAST: 'a corner window',
  DIALOG: 'a dialog',
  TAKEOVER: 'the whole screen',
};

// So many names stand in a line; the rest is counted.
const named = 3;

function list(names: readonly string[]): string {
  const rest = names.length - named;
  return rest > 1
    ? `${names.slice(0, named).join(', ')} and ${rest} more`
    : names.slice(0, named + 1).join(', ');
}

// "4 West, ICU; imaging; outages; 200 PCs at most", or "" if nothing limits it.
export function scopeWords(scope: ScopeJson | undefined, names: ScopeNames): string {
  if (scope === undefined) return '';
  const of = (tag: string, ids: readonly string[] | undefined) =>
    (ids ?? []).map((id) => names.things.get(`${tag}:${id}`) ?? `${id} (not there any more)`);
  const severity = scope.maxSeverity ?? 'UNSPECIFIED';
  const presentation = scope.maxPresentation ?? 'UNSPECIFIED';
  const endpoints = scope.maxEndpoints ?? 0;
  return [
    list([
      ...of('site', scope.sites),
      ...of('building', scope.buildings),
      ...of('ward', scope.wards),
    ]),
    list([...of('team', scope.teams), ...of('service', scope.services)]),
    list((scope.kinds ?? []).map((kind) => uncapital(kindWord[kind]))),
    severity === 'UNSPECIFIED' ? '' : `${severityWord[severity]} at most`,
    presentation === 'UNSPECIFIED' ? '' : `${presentationWord[presentation]} at most`,
    endpoints === 0 ? '' : `${count(endpoints, 'PC', 'PCs')} at most`,
  ]
    .filter((part) => part !== '')
    .join('; ');
}

// "Ward staff", as people know the role.
export function roleName(assignment: AssignmentJson, names: ScopeNames): string {
  const id = assignment.role ?? '';
  return names.roles.get(id) ?? capital(id);
}
