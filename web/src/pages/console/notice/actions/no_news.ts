import type { AlertJson } from '../../../../gen/wardcast/v1/alert_pb.ts';
import { AlertService } from '../../../../gen/wardcast/v1/alert_service_pb.ts';
import { useAlertAction } from './alert_action.ts';
import { movedInPlace } from './moved_in_place.ts';

export const noNewsMinutes = 30;
const minute = 60_000;

// There is no news: the next update is promised anew, in place.
export function useNoNews(alert: AlertJson) {
  const step = useAlertAction(alert.id ?? '', AlertService.method.updateAlert);
  return {
    isPending: step.isPending,
    error: step.error,
    // Rounded to the minute, so that pressing twice asks for the same thing.
    say: (now: number) =>
      step.mutate(
        movedInPlace(alert, 'nextUpdate', (Math.floor(now / minute) + noNewsMinutes) * minute),
      ),
  };
}
