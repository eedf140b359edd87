import { useQuery } from '@tanstack/react-query';
import { SystemService } from '../../gen/wardcast/v1/system_service_pb.ts';
import { useConsole } from './console_context.ts';

// How the broker is, asked every few seconds; one answer for all that look at it.
export function useHealth() {
  const { client, clock } = useConsole();
  return useQuery({
    queryKey: ['health'],
    queryFn: async () => {
      const answer = await client.call(SystemService.method.getHealth, {});
      clock.hear(answer.serverTime);
      return answer;
    },
    refetchInterval: 5_000,
    retry: false,
  });
}
