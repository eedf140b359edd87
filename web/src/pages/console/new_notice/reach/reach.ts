import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { AlertService } from '../../../../gen/wardcast/v1/alert_service_pb.ts';
import type { ReachJson } from '../../../../gen/wardcast/v1/audience_pb.ts';
import { audienceOf, type NoticeForm } from '../../../../state/publish/notice_form.ts';
import { useConsole } from '../../console_context.ts';

export interface ReachNow {
  reach: ReachJson | undefined;
  // The answer is about what stands in the form now.
  current: boolean;
  error: unknown;
  again: () => void;
}

// Whom the notice reaches, asked from the broker as the audience changes.
export function useReach(form: NoticeForm): ReachNow {
  const { client } = useConsole();
  const wanted = { audience: audienceOf(form), services: form.services };
  const [asked] = useDebouncedValue(JSON.stringify(wanted), 250);
  const nobody =
    (form.audience === 'services' && form.services.length === 0) ||
    (form.audience === 'places' && form.places.length === 0);
  const answer = useQuery({
    queryKey: ['reach', asked],
    enabled: !nobody,
    refetchInterval: 10_000,
    placeholderData: keepPreviousData,
    queryFn: async () =>
      (await client.call(AlertService.method.previewAudience, JSON.parse(asked))).reach ?? {},
  });
  return {
    reach: nobody ? undefined : answer.data,
    current: asked === JSON.stringify(wanted) && !answer.isPlaceholderData && answer.isSuccess,
    error: nobody || !answer.isError ? null : answer.error,
    again: () => void answer.refetch(),
  };
}
