import { Button } from '@mantine/core';
import { useState } from 'react';
import type { AlertJson } from '../../../gen/wardcast/v1/alert_pb.ts';
import { AlertService } from '../../../gen/wardcast/v1/alert_service_pb.ts';
import { isNotOut } from '../../../state/life/standing.ts';
import { Sure } from '../dialog/sure.tsx';
import { useAlertAction } from '../notice/actions/alert_action.ts';

// Ends a drill before its time; one that nobody has seen is taken away.
export function EndDrill({ drill }: { drill: AlertJson }) {
  const [asking, setAsking] = useState(false);
  const leave = () => setAsking(false);
  const id = drill.id ?? '';
  const end = useAlertAction(id, AlertService.method.endAlert, leave);
  const takeAway = useAlertAction(id, AlertService.method.recallAlert, leave);
  const unseen = isNotOut(drill);
  return (
    <>
      <Button variant="default" onClick={() => setAsking(true)}>
        {unseen ? 'Take it away…' : 'End the drill…'}
      </Button>
      {asking ? (
        <Sure
          title={unseen ? 'Take this drill away?' : 'End this drill?'}
          action={unseen ? 'Take it away' : 'End the drill'}
          busy={end.isPending || takeAway.isPending}
          error={end.error ?? takeAway.error}
          act={() => (unseen ? takeAway.mutate({}) : end.mutate({ allClear: true }))}
          leave={leave}
        >
          <p className="flush">
            {unseen
              ? 'No ward has seen it, and none will.'
              : 'Wards where it was shown read that the exercise is over. Its results stay.'}
          </p>
        </Sure>
      ) : null}
    </>
  );
}
