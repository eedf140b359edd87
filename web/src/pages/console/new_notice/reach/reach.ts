import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { AlertJson, Presentation_ValueJson } from '../../../../gen/wardcast/v1/alert_pb.ts';
import { AlertService } from '../../../../gen/wardcast/v1/alert_service_pb.ts';
import type { ReachJson } from '../../../../gen/wardcast/v1/audience_pb.ts';
import type { WarningJson } from '../../../../gen/wardcast/v1/publishing_pb.ts';
import { audienceOf, type NoticeForm } from '../../../../state/publish/notice_form.ts';
import { isWide } from '../../../../state/publish/reach_words.ts';
import { useConsole } from '../../console_context.ts';

// What the broker says of a notice before it is sent.
export interface Foreseen {
  reach: ReachJson;
  warnings: readonly WarningJson[];
  // Why it would wait for an approver; empty: it would not.
  needsApproval: string;
  // The site's name is typed before it goes out.
  wide: boolean;
  // How strongly it would be shown.
  presentation: Presentation_ValueJson;
  // As a ward would read it now; undefined: the broker did not say.
  filled: AlertJson | undefined;
}

export interface ReachNow {
  foreseen: Foreseen | undefined;
  // The answer is about what stands in the form now.
  current: boolean;
  error: unknown;
  again: () => void;
}

// Whom the notice reaches, how wards would read it, and what to know before it is sent: asked from the
// broker as the form changes. `alert`: the form as the broker is asked about it.
export function useReach(form: NoticeForm, alert: AlertJson): ReachNow {
  const { client } = useConsole();
  const wanted = { audience: audienceOf(form), services: form.services, alert };
  const [asked] = useDebouncedValue(JSON.stringify(wanted), 250);
  const nobody =
    (form.audience === 'services' && form.services.length === 0) ||
    (form.audience === 'places' && form.places.length === 0);
  const answer = useQuery({
    queryKey: ['reach', asked],
    enabled: !nobody,
    refetchInterval: 10_000,
    placeholderData: keepPreviousData,
    queryFn: async (): Promise<Foreseen> => {
      const said = await client.call(AlertService.method.previewAudience, JSON.parse(asked));
      const reach = said.reach ?? {};
      return {
        reach,
        warnings: said.warnings ?? [],
        needsApproval: said.needsApproval ?? '',
        wide: (said.needsConfirmedReach ?? false) || isWide(reach),
        presentation: said.presentation ?? 'UNSPECIFIED',
        filled: said.filled,
      };
    },
  });
  return {
    foreseen: nobody ? undefined : answer.data,
    current: asked === JSON.stringify(wanted) && !answer.isPlaceholderData && answer.isSuccess,
    error: nobody || !answer.isError ? null : answer.error,
    again: () => void answer.refetch(),
  };
}
