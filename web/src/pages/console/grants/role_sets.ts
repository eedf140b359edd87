import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { AccessService } from '../../../gen/wardcast/v1/access_service_pb.ts';
import type { RoleSetJson } from '../../../gen/wardcast/v1/role_pb.ts';
import { type ScopeNames, scopeNames } from '../../../state/access/scope_words.ts';
import { useConsole } from '../console_context.ts';
import { type Directory, useDirectory } from '../directory.ts';

export interface Givable {
  sets: RoleSetJson[];
  directory: Directory;
  names: ScopeNames;
}

// What can be given to people and machines, and the names of it.
export function useGivable(): {
  givable: Givable | null;
  error: unknown;
  again: () => void;
} {
  const { client } = useConsole();
  const directory = useDirectory();
  const sets = useQuery({
    queryKey: ['roleSets'],
    staleTime: 300_000,
    queryFn: async () => (await client.call(AccessService.method.listRoleSets, {})).roleSets ?? [],
  });
  const givable = useMemo(
    () =>
      sets.data === undefined || directory.data === undefined
        ? null
        : {
            sets: sets.data,
            directory: directory.data,
            names: scopeNames(directory.data, sets.data),
          },
    [sets.data, directory.data],
  );
  return {
    givable,
    error: sets.error ?? directory.error,
    again: () => {
      void sets.refetch();
      void directory.refetch();
    },
  };
}
