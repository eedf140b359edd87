import type { AlertJson, Kind_ValueJson } from '../../gen/wardcast/v1/alert_pb.ts';
import type { BuildingJson, ServiceJson, WardJson } from '../../gen/wardcast/v1/directory_pb.ts';
import type { GrantJson, ScopeJson } from '../../gen/wardcast/v1/role_pb.ts';
import { kindWord, uncapital } from '../words.ts';

// What a scope leaves out, as far as the console can tell: whom an audience reaches only the broker
// knows, and it looks at everything again.

const none = (list: readonly unknown[] | undefined) => list === undefined || list.length === 0;

function publishers(grants: readonly GrantJson[]): GrantJson[] {
  return grants.filter(({ role }) => role === 'PUBLISHER');
}

function coversKind(scope: ScopeJson | undefined, kind: Kind_ValueJson): boolean {
  return none(scope?.kinds) || (scope?.kinds ?? []).includes(kind);
}

// Why nothing of this kind may be sent; null: it may.
export function kindRefusal(grants: readonly GrantJson[], kind: Kind_ValueJson): string | null {
  const mine = publishers(grants);
  if (mine.some(({ scope }) => coversKind(scope, kind))) return null;
  if (mine.length === 0) return 'This needs the role publisher, which you do not have.';
  const kinds = [...new Set(mine.flatMap(({ scope }) => scope?.kinds ?? []))];
  const mineWords = kinds.map((each) => uncapital(kindWord[each])).join(', ');
  return `Your role covers notices of the kind ${mineWords}, not ${uncapital(kindWord[kind])}.`;
}

// Without the catalogue a team's services are not known, and nothing is said against them.
function coversServices(
  scope: ScopeJson | undefined,
  services: readonly string[],
  catalogue: readonly ServiceJson[] | undefined,
): boolean {
  if (none(scope?.services) && none(scope?.teams)) return true;
  if (catalogue === undefined) return true;
  return (
    services.length > 0 &&
    services.every((id) => {
      const team = catalogue.find((each) => each.id === id)?.teamId ?? '';
      return (scope?.services ?? []).includes(id) || (scope?.teams ?? []).includes(team);
    })
  );
}

// Why this notice may not be updated, ended or recalled; null: it may.
export function changeRefusal(
  grants: readonly GrantJson[],
  alert: Pick<AlertJson, 'kind' | 'services'>,
  catalogue: readonly ServiceJson[] | undefined,
): string | null {
  const refusal = kindRefusal(grants, alert.kind ?? 'UNSPECIFIED');
  if (refusal !== null) return refusal;
  return publishers(grants).some(({ scope }) => covers(scope, alert, catalogue))
    ? null
    : 'Your role covers other services than this notice is about.';
}

// Whether somebody may be the second pair of eyes for this notice, if it is not their own.
export function mayApprove(
  grants: readonly GrantJson[],
  alert: Pick<AlertJson, 'kind' | 'services'>,
  catalogue: readonly ServiceJson[] | undefined,
): boolean {
  return grants.some(({ role, scope }) => role === 'APPROVER' && covers(scope, alert, catalogue));
}

function covers(
  scope: ScopeJson | undefined,
  alert: Pick<AlertJson, 'kind' | 'services'>,
  catalogue: readonly ServiceJson[] | undefined,
): boolean {
  return (
    coversKind(scope, alert.kind ?? 'UNSPECIFIED') &&
    coversServices(scope, alert.services ?? [], catalogue)
  );
}

// Whether somebody may acknowledge for a ward. Without the hospital's map only a ward that a scope
// names itself is known to be in it.
export function answersFor(
  grants: readonly GrantJson[],
  wardId: string,
  map: { wards: readonly WardJson[]; buildings: readonly BuildingJson[] } | undefined,
): boolean {
  const ward = map?.wards.find((each) => each.id === wardId);
  const building = map?.buildings.find((each) => each.id === ward?.buildingId);
  return grants.some(({ role, scope }) => {
    if (role !== 'RESPONDER' && role !== 'MANAGER') return false;
    if (none(scope?.wards) && none(scope?.buildings) && none(scope?.sites)) return true;
    return (
      (scope?.wards ?? []).includes(wardId) ||
      (scope?.buildings ?? []).includes(ward?.buildingId ?? '') ||
      (scope?.sites ?? []).includes(building?.siteId ?? '')
    );
  });
}
