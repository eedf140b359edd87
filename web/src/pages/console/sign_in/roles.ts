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
}

export function callerOf(who: WhoAmIResponseJson): Caller {
  const name = who.caller ?? '';
  return {
    name,
    shown: who.displayName === undefined || who.displayName === '' ? name : who.displayName,
    roles: new Set((who.grants ?? []).map((grant) => grant.role ?? 'UNSPECIFIED')),
  };
}

export function mayPublish(caller: Caller): boolean {
  return caller.roles.has('PUBLISHER');
}

export function mayAnswer(caller: Caller): boolean {
  return caller.roles.has('RESPONDER') || caller.roles.has('MANAGER');
}

// "publisher, viewer"; shown beside the name.
export function rolesWords(caller: Caller): string {
  return [...caller.roles].map((role) => role.toLowerCase()).join(', ');
}
