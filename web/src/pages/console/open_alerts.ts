import { useQueries, useQuery } from '@tanstack/react-query';
import { AlertService } from '../../gen/wardcast/v1/alert_service_pb.ts';
import type { AlertProgressJson } from '../../gen/wardcast/v1/progress_pb.ts';
import { useConsole } from './console_context.ts';
import { mayApprove, mayPublish } from './sign_in/roles.ts';

const every = 3_000;

// The open notices, newest first, asked again every few seconds; those that wait for their time too.
// Several that ask share one answer.
export function useOpenAlerts(again = every) {
  const { client, clock } = useConsole();
  return useQuery({
    queryKey: ['alerts', 'open'],
    refetchInterval: again,
    queryFn: async () => {
      const { alerts } = await client.call(AlertService.method.listAlerts, { pageSize: 500 });
      return { alerts: alerts ?? [], asOf: clock.now() };
    },
  });
}

export const heldKey = ['alerts', 'held'];

// Drafts and what waits for approval, newest first; only for those who publish or approve.
export function useHeldAlerts() {
  const { caller, client } = useConsole();
  return useQuery({
    queryKey: heldKey,
    enabled: mayPublish(caller) || mayApprove(caller),
    refetchInterval: 5_000,
    queryFn: async () => {
      const asked = { includeDrafts: true, pageSize: 500 };
      const { alerts } = await client.call(AlertService.method.listAlerts, asked);
      return (alerts ?? []).filter(
        ({ state }) => state === 'DRAFT' || state === 'PENDING_APPROVAL',
      );
    },
  });
}

// Progress of each of these alerts by its id; missing until it has come.
export function useProgressOf(ids: readonly string[]): Map<string, AlertProgressJson> {
  const { client, clock } = useConsole();
  const answers = useQueries({
    queries: ids.map((alertId) => ({
      queryKey: ['progress', alertId],
      refetchInterval: every,
      queryFn: async () => {
        const { progress } = await client.call(AlertService.method.getProgress, { alertId });
        clock.hear(progress?.serverTime);
        return progress ?? {};
      },
    })),
  });
  const found = new Map<string, AlertProgressJson>();
  ids.forEach((id, index) => {
    const progress = answers[index]?.data;
    if (progress !== undefined) found.set(id, progress);
  });
  return found;
}
