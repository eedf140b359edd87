import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { AlertJson } from '../../../../gen/wardcast/v1/alert_pb.ts';
import { AlertService } from '../../../../gen/wardcast/v1/alert_service_pb.ts';
import { ProblemNote } from '../../problem_note.tsx';
import { useAlertAction } from './alert_action.ts';

// Takes back what was sent by mistake. Nothing has to be typed.
export function RecallPanel({ alert, done }: { alert: AlertJson; done: () => void }) {
  const [reason, setReason] = useState('');
  const recall = useAlertAction(alert.id ?? '', AlertService.method.recallAlert, done);
  return (
    <form
      className="panel"
      aria-label="Recall"
      onSubmit={(event) => {
        event.preventDefault();
        recall.mutate({ reason: reason.trim() });
      }}
    >
      <p className="flush">
        A recall is for a notice that was sent by mistake. Wards where it was shown read “RECALLED.
        No action needed.” If the system is back, send the all clear instead.
      </p>
      <TextInput
        label="What wards read (empty: the standard words)"
        maxLength={300}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      {recall.isError ? <ProblemNote error={recall.error} what="Not recalled yet" /> : null}
      <div className="buttons">
        <Button type="submit" loading={recall.isPending}>
          Recall this notice
        </Button>
        <Button variant="default" onClick={done}>
          Cancel
        </Button>
      </div>
    </form>
  );
}
