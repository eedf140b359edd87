import type { WhoAmIResponseJson } from '../../../gen/wardcast/v1/access_service_pb.ts';
import type { GrantJson } from '../../../gen/wardcast/v1/role_pb.ts';

// "PUBLISHER", as the contract names them.
export type Role = NonNullable<GrantJson['role']>;

// Who is signed in, and what they may do. What they may not do is not offered; the broker refuses it
// anyway.
export interface Caller {
  name: string;
  shown: string;
  roles: ReadonlySet<Role>;
  grants: readonly GrantJson[];
  // Has an authenticator.
  hasSecondFactor: boolean;
}

export function callerOf(who: WhoAmIResponseJson): Caller {
  const name = who.caller ?? '';
  const grants = who.grants ?? [];
  return {
    name,
    shown: who.displayName === undefined || who.displayName === '' ? name : who.displayName,
    roles: new Set(grants.map((grant) => grant.role ?? 'UNSPECIFIED')),
    grants,
    hasSecondFactor: who.hasSecondFactor ?? false,
  };
}

export function mayPublish(caller: Caller): boolean {
  return caller.roles.has('PUBLISHER');
}

export function mayApprove(caller: Caller): boolean {
  return caller.roles.has('APPROVER');
}

// "publisher, viewer"; shown beside the name.
export function rolesWords(caller: Caller): string {
  return [...caller.roles].map((role) => role.toLowerCase()).join(', ');
}
