import { useQuery } from '@tanstack/react-query';
import { AccessService } from '../../../gen/wardcast/v1/access_service_pb.ts';
import { useConsole } from '../console_context.ts';

export const tokensKey = ['tokens'];

export function useTokens() {
  const { client } = useConsole();
  return useQuery({
    queryKey: tokensKey,
    refetchInterval: 30_000,
    queryFn: async () => (await client.call(AccessService.method.listTokens, {})).tokens ?? [],
  });
}
