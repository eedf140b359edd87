import { Button, NativeSelect, Textarea, TextInput } from '@mantine/core';
import '@mantine/core/styles/Combobox.css';
import { useState } from 'react';
import { problemOf } from '../../../../api/problem.ts';
import type { AlertJson, Phase_ValueJson } from '../../../../gen/wardcast/v1/alert_pb.ts';
import {
  AlertService,
  type ReAlert_ValueJson,
} from '../../../../gen/wardcast/v1/alert_service_pb.ts';
import {
  type AlertEdit,
  changeOf,
  editOf,
  editProblems,
  proposedEdit,
} from '../../../../state/publish/alert_edit.ts';
import { phaseWord } from '../../../../state/words.ts';
import { ProblemNote } from '../../problem_note.tsx';
import { useAlertAction } from './alert_action.ts';

const phases: Phase_ValueJson[] = [
  'ANNOUNCED',
  'LOOKING_INTO_IT',
  'CONFIRMED',
  'EXTENDED',
  'POSTPONED',
];

// Changes an open notice in place. The rule decides whether wards are asked again, unless told.
export function UpdatePanel(props: {
  alert: AlertJson;
  zone: string;
  now: number;
  done: () => void;
}) {
  const { alert, zone } = props;
  const [opened] = useState(() => editOf(alert, zone));
  const [edit, setEdit] = useState(() => proposedEdit(alert, zone, props.now));
  const [reAlert, setReAlert] = useState<ReAlert_ValueJson>('UNSPECIFIED');
  // The revision that the editor has seen; null: whichever is shown when it is sent.
  const [seen, setSeen] = useState<number | null>(alert.revision ?? 0);
  const update = useAlertAction(alert.id ?? '', AlertService.method.updateAlert, props.done);
  const set = (part: Partial<AlertEdit>) => setEdit({ ...edit, ...part });
  const problems = editProblems(edit, zone);
  const { alert: changed, fields } = changeOf(edit, opened, zone);
  const nothing = fields.length === 0 && reAlert !== 'YES';
  const send = () => {
    const expectedRevision = seen ?? alert.revision ?? 0;
    setSeen(expectedRevision);
    const again = fields.length === 0;
    update.mutate(
      {
        expectedRevision,
        alert: again ? { headline: alert.headline } : changed,
        updateMask: again ? 'headline' : fields.join(','),
        reAlert,
      },
      {
        // The editor is told, and looks at what is shown now before trying again.
        onError: (error) => {
          if (problemOf(error).case === 'changed') setSeen(null);
        },
      },
    );
  };
  return (
    <form
      className="panel"
      aria-label="Update"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <div className="grid">
        <NativeSelect
          label="Phase"
          value={edit.phase}
          data={offered(opened.phase).map((each) => ({
            value: each,
            label: phaseWord[each] || 'Not said',
          }))}
          onChange={(event) => set({ phase: event.currentTarget.value as Phase_ValueJson })}
        />
        <TextInput
          label="Next update"
          type="datetime-local"
          value={edit.nextUpdate}
          onChange={(event) => set({ nextUpdate: event.currentTarget.value })}
          error={problems.nextUpdate}
        />
        <TextInput
          label="Expected back (empty: unknown)"
          type="datetime-local"
          value={edit.expectedEnd}
          onChange={(event) => set({ expectedEnd: event.currentTarget.value })}
          error={problems.expectedEnd}
        />
        <NativeSelect
          label="Ask the wards again?"
          value={reAlert}
          data={[
            { value: 'UNSPECIFIED', label: 'If what to do or for whom changes' },
            { value: 'NO', label: 'No, change in place' },
            { value: 'YES', label: 'Yes, call attention again' },
          ]}
          onChange={(event) => setReAlert(event.currentTarget.value as ReAlert_ValueJson)}
        />
      </div>
      <TextInput
        label="Headline"
        value={edit.headline}
        onChange={(event) => set({ headline: event.currentTarget.value })}
        error={problems.headline}
      />
      <Textarea
        label="Impact, one line"
        autosize={false}
        rows={2}
        maxLength={300}
        value={edit.impact}
        onChange={(event) => set({ impact: event.currentTarget.value })}
      />
      {update.isError ? <ProblemNote error={update.error} what="Not updated yet" /> : null}
      <div className="buttons">
        <Button
          type="submit"
          loading={update.isPending}
          disabled={nothing || Object.keys(problems).length > 0}
        >
          Send the update
        </Button>
        <Button variant="default" onClick={props.done}>
          Cancel
        </Button>
        {nothing ? <span className="dim">Nothing is changed yet.</span> : null}
      </div>
    </form>
  );
}

// The usual ones, and the one that it has.
function offered(own: Phase_ValueJson): Phase_ValueJson[] {
  return phases.includes(own) ? phases : [own, ...phases];
}
