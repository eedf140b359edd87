import { MultiSelect, NativeSelect, Textarea, TextInput } from '@mantine/core';
import '@mantine/core/styles/CloseButton.css';
import '@mantine/core/styles/Combobox.css';
import '@mantine/core/styles/Pill.css';
import '@mantine/core/styles/PillsInput.css';
import '@mantine/core/styles/Popover.css';
import '@mantine/core/styles/ScrollArea.css';
import { useState } from 'react';
import { problemOf } from '../../../../api/problem.ts';
import type {
  AlertJson,
  Phase_ValueJson,
  Severity_ValueJson,
} from '../../../../gen/wardcast/v1/alert_pb.ts';
import {
  AlertService,
  type ReAlert_ValueJson,
} from '../../../../gen/wardcast/v1/alert_service_pb.ts';
import {
  type AlertEdit,
  asksAgain,
  changeOf,
  editOf,
  editProblems,
  proposedEdit,
  shownAgain,
} from '../../../../state/publish/alert_edit.ts';
import { phaseWord, severityWord } from '../../../../state/words.ts';
import type { Directory } from '../../directory.ts';
import { usePatientReason } from '../../pieces/no_patient_data.tsx';
import { TypedTimeField } from '../../pieces/typed_time_field.tsx';
import { ActionPanel } from './action_panel.tsx';
import { useAlertAction } from './alert_action.ts';
import { useWiderReach, WiderReach } from './wider_reach.tsx';

const phases: Phase_ValueJson[] = ['ANNOUNCED', 'LOOKING_INTO_IT', 'CONFIRMED', 'EXTENDED'];

// Changes a notice in place. The rule decides whether wards are asked again, unless told.
export function UpdatePanel(props: {
  alert: AlertJson;
  directory: Directory | undefined;
  zone: string;
  now: number;
  done: () => void;
}) {
  const { alert, zone, now } = props;
  const [opened] = useState(() => editOf(alert, zone));
  const [edit, setEdit] = useState(() => proposedEdit(alert, zone, now));
  const [reAlert, setReAlert] = useState<ReAlert_ValueJson>('UNSPECIFIED');
  // The revision that the editor has seen; null: whichever is shown when it is sent.
  const [seen, setSeen] = useState<number | null>(alert.revision ?? 0);
  const update = useAlertAction(alert.id ?? '', AlertService.method.updateAlert, props.done);
  const patient = usePatientReason(update.error);
  const wider = useWiderReach(alert, edit.services, opened.services, props.directory);
  const set = (part: Partial<AlertEdit>) => setEdit({ ...edit, ...part });
  const problems = editProblems(edit, zone);
  const { alert: changed, fields } = changeOf(edit, opened, zone, alert);
  const nothing = fields.length === 0 && reAlert !== 'YES';
  const again = asksAgain(edit, opened);
  const send = () => {
    const expectedRevision = seen ?? alert.revision ?? 0;
    setSeen(expectedRevision);
    update.mutate(
      {
        ...(fields.length === 0
          ? shownAgain(alert)
          : { alert: changed, updateMask: fields.join(','), reAlert }),
        expectedRevision,
        ...wider.input,
        ...patient.input,
      },
      {
        // The editor is told, and looks at what is shown now before trying again.
        onError: (error) => {
          if (problemOf(error).case === 'changed') setSeen(null);
        },
      },
    );
  };
  const lines = (field: 'during' | 'doNot' | 'stillWorks', label: string) => (
    <Textarea
      label={label}
      rows={3}
      value={edit[field]}
      onChange={(event) => set({ [field]: event.currentTarget.value })}
      error={problems[field]}
    />
  );
  const time = (field: 'nextUpdate' | 'expectedEnd', label: string) => (
    <TypedTimeField
      label={label}
      value={edit[field]}
      change={(typed) => set({ [field]: typed })}
      zone={zone}
      now={now}
      error={problems[field]}
    />
  );
  return (
    <ActionPanel
      label="Update"
      action="Send the update"
      step={update}
      failed="Not updated yet"
      ready={!nothing && !patient.missing && wider.ready && Object.keys(problems).length === 0}
      question={patient.question}
      {...(nothing ? { note: 'Nothing is changed yet.' } : {})}
      send={send}
      leave={props.done}
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
        <NativeSelect
          label="Severity"
          value={edit.severity}
          data={severities(alert).map((each) => ({ value: each, label: severityWord[each] }))}
          onChange={(event) => set({ severity: event.currentTarget.value as Severity_ValueJson })}
        />
        {time('nextUpdate', 'Next update')}
        {time('expectedEnd', 'Expected back (empty: unknown)')}
      </div>
      <MultiSelect
        label="Services"
        data={serviceChoices(props.directory, edit.services)}
        value={edit.services}
        onChange={(services) => set({ services })}
        searchable
        maxValues={50}
        nothingFoundMessage="No such service"
        comboboxProps={{ transitionProps: { duration: 0 } }}
      />
      <TextInput
        label="Headline"
        description="{service}, {start}, {end} and {next} in any text follow what is said beside them."
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
      <div className="grid">
        {lines('during', 'Do now, one step a line')}
        {lines('doNot', 'Do not, one a line')}
        {lines('stillWorks', 'What still works, one item a line')}
      </div>
      <NativeSelect
        label="Ask the wards again?"
        description={
          reAlert !== 'UNSPECIFIED' || again === '' ? undefined : `They are asked again: ${again}.`
        }
        value={reAlert}
        data={[
          { value: 'UNSPECIFIED', label: 'If what to do or for whom changes' },
          { value: 'NO', label: 'No, change in place' },
          { value: 'YES', label: 'Yes, call attention again' },
        ]}
        onChange={(event) => setReAlert(event.currentTarget.value as ReAlert_ValueJson)}
      />
      <WiderReach wider={wider} />
    </ActionPanel>
  );
}

// The usual ones, and the one that it has.
function offered(own: Phase_ValueJson): Phase_ValueJson[] {
  return phases.includes(own) ? phases : [own, ...phases];
}

function severities(alert: AlertJson): Severity_ValueJson[] {
  const usual: Severity_ValueJson[] = ['MINOR', 'MODERATE', 'SEVERE'];
  return alert.kind === 'EMERGENCY' || alert.kind === 'SECURITY' ? [...usual, 'EXTREME'] : usual;
}

// The catalogue, and what the notice names beyond it.
function serviceChoices(directory: Directory | undefined, chosen: readonly string[]) {
  const known = (directory?.services ?? []).map(({ id, name }) => ({
    value: id ?? '',
    label: name || (id ?? ''),
  }));
  const other = chosen.filter((id) => !known.some(({ value }) => value === id));
  return [...known, ...other.map((id) => ({ value: id, label: id }))];
}
