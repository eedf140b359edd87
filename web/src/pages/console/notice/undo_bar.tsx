import { Button } from '@mantine/core';
import type { AlertJson } from '../../../gen/wardcast/v1/alert_pb.ts';
import { AlertService } from '../../../gen/wardcast/v1/alert_service_pb.ts';
import type { AlertProgressJson } from '../../../gen/wardcast/v1/progress_pb.ts';
import { count } from '../../../state/words.ts';
import { ProblemNote } from '../problem_note.tsx';
import { useAlertAction } from './actions/alert_action.ts';

// For a minute after sending: one press takes it back, and says so where it was shown. While it is
// held, one press stops it before anybody sees it.
export function UndoBar(props: {
  alert: AlertJson;
  left: number;
  held: boolean;
  progress: AlertProgressJson | undefined;
}) {
  const undo = useAlertAction(props.alert.id ?? '', AlertService.method.recallAlert);
  const wards = props.progress?.wards ?? 0;
  const seconds = Math.ceil(props.left / 1000);
  return (
    <div className="undo">
      <span role="status">
        {props.held
          ? 'Held for a moment, no ward has seen it.'
          : `Sent${wards > 0 ? ` to ${count(wards, 'ward', 'wards')}` : ''}. Sent by mistake?`}
      </span>
      <Button size="xs" variant="default" loading={undo.isPending} onClick={() => undo.mutate({})}>
        {props.held ? 'Stop it' : 'Undo (recall)'} · {seconds} s
      </Button>
      {undo.isError ? <ProblemNote error={undo.error} what="Not recalled yet" /> : null}
    </div>
  );
}
