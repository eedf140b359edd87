import { useQuery } from '@tanstack/react-query';
import type { AlertJson } from '../../../gen/wardcast/v1/alert_pb.ts';
import { AlertService } from '../../../gen/wardcast/v1/alert_service_pb.ts';
import type { PreviewAudienceResponseJson } from '../../../gen/wardcast/v1/publishing_pb.ts';
import { useConsole } from '../console_context.ts';

// Whom a notice would reach now, and how they would read a draft; undefined while that is not known,
// or not yet written, or not `wanted`.
export function useReachOf(
  alert: AlertJson,
  wanted = true,
): PreviewAudienceResponseJson | undefined {
  const { client } = useConsole();
  // Only the texts of a draft still have their blanks.
  const { state, ...draft } = alert;
  const asked = {
    audience: alert.audience ?? {},
    services: alert.services ?? [],
    ...(state === 'DRAFT' ? { alert: draft } : {}),
  };
  return useQuery({
    queryKey: ['reach', 'of', asked],
    enabled: wanted,
    retry: false,
    refetchInterval: 30_000,
    queryFn: () => client.call(AlertService.method.previewAudience, asked),
  }).data;
}
