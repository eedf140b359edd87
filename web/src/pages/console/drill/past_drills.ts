import { useInfiniteQuery, useQueries, useQuery } from '@tanstack/react-query';
import type { AlertJson } from '../../../gen/wardcast/v1/alert_pb.ts';
import { AlertService } from '../../../gen/wardcast/v1/alert_service_pb.ts';
import type { AlertProgressJson } from '../../../gen/wardcast/v1/progress_pb.ts';
import { drillsOnly } from '../../../state/drill/drills.ts';
import { instant } from '../../../state/time/notice_times.ts';
import { useConsole } from '../console_context.ts';

// So many notices are looked through at a time; few of them are drills.
const lookedThrough = 200;
// A drill that is over changes by a late answer at most.
const staleTime = 300_000;

// Drills that are over, newest first, as far back as was asked for.
export function usePastDrills() {
  const { client } = useConsole();
  const asked = useInfiniteQuery({
    queryKey: ['alerts', 'past-drills'],
    initialPageParam: '',
    queryFn: ({ pageParam }) =>
      client.call(AlertService.method.listAlerts, {
        includeClosed: true,
        pageSize: lookedThrough,
        pageToken: pageParam,
      }),
    getNextPageParam: ({ nextPageToken }) => nextPageToken || undefined,
  });
  const drills = (asked.data?.pages ?? [])
    .flatMap(({ alerts }) => drillsOnly(alerts ?? []))
    .filter(({ state }) => state === 'CLOSED');
  return { asked, drills };
}

// So long a real problem that was told in a drill is looked for after the drill's end.
const remembered = 24 * 60 * 60_000;

// Drills that ended a short time ago: a ward may have reported a real problem, which no end settles.
export function useJustEnded(): AlertJson[] {
  const { client, clock } = useConsole();
  const ended = useQuery({
    queryKey: ['alerts', 'ended-drills'],
    refetchInterval: 15_000,
    queryFn: async () => {
      const asked = { includeClosed: true, pageSize: lookedThrough };
      const { alerts } = await client.call(AlertService.method.listAlerts, asked);
      const since = clock.now() - remembered;
      return drillsOnly(alerts ?? []).filter(
        (drill) => drill.state === 'CLOSED' && (instant(drill.changedAt) ?? 0) > since,
      );
    },
  });
  return ended.data ?? [];
}

// How the wards of each of these did; missing until it has come.
export function useResultsOf(drills: readonly AlertJson[]): Map<string, AlertProgressJson> {
  const { client } = useConsole();
  const ids = drills.map(({ id }) => id ?? '');
  const answers = useQueries({
    queries: ids.map((alertId) => ({
      queryKey: ['drill-result', alertId],
      staleTime,
      queryFn: async () =>
        (await client.call(AlertService.method.getProgress, { alertId })).progress ?? {},
    })),
  });
  const found = new Map<string, AlertProgressJson>();
  ids.forEach((id, index) => {
    const progress = answers[index]?.data;
    if (progress !== undefined) found.set(id, progress);
  });
  return found;
}
