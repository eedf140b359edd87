import { useQuery } from '@tanstack/react-query';
import type { AlertJson } from '../../../gen/wardcast/v1/alert_pb.ts';
import { AlertService } from '../../../gen/wardcast/v1/alert_service_pb.ts';
import type { ReachJson } from '../../../gen/wardcast/v1/audience_pb.ts';
import { useConsole } from '../console_context.ts';

// Whom a notice would reach now; undefined while that is not known, or not yet written.
export function useReachOf(alert: AlertJson): ReachJson | undefined {
  const { client } = useConsole();
  const asked = { audience: alert.audience ?? {}, services: alert.services ?? [] };
  return useQuery({
    queryKey: ['reach', 'of', asked],
    retry: false,
    refetchInterval: 30_000,
    queryFn: async () =>
      (await client.call(AlertService.method.previewAudience, asked)).reach ?? {},
  }).data;
}
