import { Button, Textarea } from '@mantine/core';
import { useState } from 'react';
import type { AlertJson } from '../../../../gen/wardcast/v1/alert_pb.ts';
import { AlertService } from '../../../../gen/wardcast/v1/alert_service_pb.ts';
import { linesOf } from '../../../../state/publish/notice_form.ts';
import { ProblemNote } from '../../problem_note.tsx';
import { useAlertAction } from './alert_action.ts';

// Ends the notice: what wards read, and what they enter again.
export function AllClearPanel({ alert, done }: { alert: AlertJson; done: () => void }) {
  const names = (alert.serviceNames ?? []).join(', ');
  const [text, setText] = useState(names === '' ? '' : `${names}: back, you can use it again.`);
  const [backEntry, setBackEntry] = useState((alert.backEntry ?? []).join('\n'));
  const end = useAlertAction(alert.id ?? '', AlertService.method.endAlert, done);
  return (
    <form
      className="panel"
      aria-label="All clear"
      onSubmit={(event) => {
        event.preventDefault();
        end.mutate({ allClear: true, text: text.trim(), backEntry: linesOf(backEntry) });
      }}
    >
      <Textarea
        label="What wards read"
        rows={2}
        maxLength={300}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <Textarea
        label="What to enter again, one item a line"
        rows={3}
        value={backEntry}
        onChange={(event) => setBackEntry(event.currentTarget.value)}
      />
      {end.isError ? <ProblemNote error={end.error} what="Not ended yet" /> : null}
      <div className="buttons">
        <Button type="submit" loading={end.isPending}>
          Send the all clear
        </Button>
        <Button variant="default" onClick={done}>
          Cancel
        </Button>
      </div>
    </form>
  );
}
