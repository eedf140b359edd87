import { useQuery } from '@tanstack/react-query';
import { AccessService } from '../../../gen/wardcast/v1/access_service_pb.ts';
import { useConsole } from '../console_context.ts';

export const accountsKey = ['accounts'];
export const sessionsKey = ['sessions'];

export function useAccounts() {
  const { client } = useConsole();
  return useQuery({
    queryKey: accountsKey,
    queryFn: async () => (await client.call(AccessService.method.listAccounts, {})).accounts ?? [],
  });
}

const every = 15_000;

// Who is signed in: everybody, or one account; read again while it is looked at.
export function useSessions(account: string) {
  const { client } = useConsole();
  return useQuery({
    queryKey: [...sessionsKey, account],
    refetchInterval: every,
    queryFn: async () =>
      (await client.call(AccessService.method.listSessions, { account })).sessions ?? [],
  });
}
