import type { RoleSetJson } from '../../gen/wardcast/v1/role_pb.ts';

// Something that an account or a token can be given.
export interface RoleChoice {
  id: string;
  name: string;
  description: string;
  // What a scope must name: "services", "wards", "sites".
  needs: readonly string[];
  // A role set that people know by name, or one role of which sets consist.
  isSet: boolean;
}

const single: readonly RoleChoice[] = [
  ['viewer', 'Viewer', 'Reads notices, answers, wards and services'],
  ['responder', 'Responder', 'Acknowledges for wards'],
  ['manager', 'Manager', 'Acknowledges for wards and sees the names of their people'],
  ['publisher', 'Publisher', 'Sends, updates, ends and recalls notices of every kind'],
  ['approver', 'Approver', 'The second pair of eyes'],
].map(([id = '', name = '', description = '']) => ({
  id,
  name,
  description,
  needs: [],
  isSet: false,
}));

// The shipped role sets, then the single roles. A token is never an administrator or an approver.
export function roleChoices(sets: readonly RoleSetJson[], forToken: boolean): RoleChoice[] {
  const shipped = sets
    .filter(({ grants }) => !forToken || !grants?.some(({ role }) => role === 'ADMINISTRATOR'))
    .map((set) => ({
      id: set.id ?? '',
      name: set.name || (set.id ?? ''),
      description: set.description ?? '',
      needs: set.needs ?? [],
      isSet: true,
    }));
  const known = new Set(sets.map(({ id }) => id));
  return [
    ...shipped,
    ...single.filter(({ id }) => !known.has(id) && !(forToken && id === 'approver')),
  ];
}
