import { MultiSelect, NativeSelect, TextInput } from '@mantine/core';
import '@mantine/core/styles/CloseButton.css';
import '@mantine/core/styles/Combobox.css';
import '@mantine/core/styles/Pill.css';
import '@mantine/core/styles/PillsInput.css';
import '@mantine/core/styles/Popover.css';
import '@mantine/core/styles/ScrollArea.css';
import { useState } from 'react';
import type {
  Kind_ValueJson,
  Presentation_ValueJson,
  Severity_ValueJson,
} from '../../../gen/wardcast/v1/alert_pb.ts';
import type { AssignmentForm, AssignmentProblems } from '../../../state/access/assignment_form.ts';
import type { RoleChoice } from '../../../state/access/role_choice.ts';
import { presentationWord } from '../../../state/access/scope_words.ts';
import { capital, kindWord, severityWord } from '../../../state/words.ts';
import type { Directory } from '../directory.ts';
import { placesIn, workIn } from './scope_options.ts';

export interface ScopeProps {
  form: AssignmentForm;
  choice: RoleChoice | undefined;
  problems: AssignmentProblems;
  directory: Directory;
  change: (part: Partial<AssignmentForm>) => void;
}

const kinds: Kind_ValueJson[] = [
  'OUTAGE',
  'DEGRADED',
  'PLANNED_DOWNTIME',
  'INFORMATION',
  'SECURITY',
  'EMERGENCY',
];
const severities: Severity_ValueJson[] = ['UNSPECIFIED', 'MINOR', 'MODERATE', 'SEVERE', 'EXTREME'];
const presentations: Presentation_ValueJson[] = [
  'UNSPECIFIED',
  'TICKER',
  'TOAST',
  'DIALOG',
  'TAKEOVER',
];
const still = { transitionProps: { duration: 0 } };

// Where a role holds and up to what: what it needs first, the rest folded away.
export function ScopeFields(props: ScopeProps) {
  const { form, choice, problems, change } = props;
  const needsPlaces = choice?.needs.some((need) => need === 'wards' || need === 'sites') ?? false;
  const needsWork = choice?.needs.includes('services') ?? false;
  // A field stays where it is while somebody chooses in it.
  const [begun] = useState({ places: form.places.length > 0, work: form.work.length > 0 });
  const [open, setOpen] = useState(
    form.kinds.length > 0 ||
      form.severity !== 'UNSPECIFIED' ||
      form.presentation !== 'UNSPECIFIED' ||
      form.endpoints !== '',
  );
  const placed = needsPlaces || begun.places;
  const worked = needsWork || begun.work;
  return (
    <>
      {placed ? <Places {...props} /> : null}
      {worked ? <Work {...props} /> : null}
      <details
        open={open || problems.endpoints !== undefined}
        onToggle={(event) => setOpen(event.currentTarget.open)}
      >
        <summary>Narrow it further (nothing here has to be filled in)</summary>
        <div className="stack">
          {placed ? null : <Places {...props} />}
          {worked ? null : <Work {...props} />}
          <MultiSelect
            label="Kinds of notices"
            description="Empty: all that the role allows"
            data={kinds.map((value) => ({ value, label: kindWord[value] }))}
            value={form.kinds}
            onChange={(value) => change({ kinds: value as Kind_ValueJson[] })}
            comboboxProps={still}
          />
          <div className="limits">
            <NativeSelect
              label="Highest severity"
              value={form.severity}
              data={severities.map((value) => ({
                value,
                label: value === 'UNSPECIFIED' ? 'No limit' : severityWord[value],
              }))}
              onChange={(event) =>
                change({ severity: event.currentTarget.value as Severity_ValueJson })
              }
            />
            <NativeSelect
              label="Strongest presentation"
              value={form.presentation}
              data={presentations.map((value) => ({
                value,
                label: capital(presentationWord[value]),
              }))}
              onChange={(event) =>
                change({ presentation: event.currentTarget.value as Presentation_ValueJson })
              }
            />
            <TextInput
              label="PCs of one notice, at most"
              inputMode="numeric"
              placeholder="no limit"
              value={form.endpoints}
              onChange={(event) => change({ endpoints: event.currentTarget.value.trim() })}
              error={problems.endpoints}
            />
          </div>
        </div>
      </details>
    </>
  );
}

function Places({ form, choice, problems, directory, change }: ScopeProps) {
  const wards = choice?.needs.includes('wards') ?? false;
  const sites = choice?.needs.includes('sites') ?? false;
  return (
    <MultiSelect
      label={wards ? 'Which wards?' : sites ? 'Which sites?' : 'Only these sites, buildings, wards'}
      description={wards || sites ? 'Buildings and sites can be added; they add up' : undefined}
      data={placesIn(directory, form.places)}
      value={form.places}
      onChange={(places) => change({ places })}
      placeholder={form.places.length === 0 ? 'Type to search' : ''}
      searchable
      limit={60}
      maxValues={200}
      nothingFoundMessage="No such place"
      comboboxProps={still}
      error={problems.places}
    />
  );
}

function Work({ form, choice, problems, directory, change }: ScopeProps) {
  const needed = choice?.needs.includes('services') ?? false;
  return (
    <MultiSelect
      label={needed ? 'Which services, or services of which team?' : 'Only these services or teams'}
      data={workIn(directory, form.work)}
      value={form.work}
      onChange={(work) => change({ work })}
      placeholder={form.work.length === 0 ? 'Type to search' : ''}
      searchable
      limit={60}
      maxValues={200}
      nothingFoundMessage="No such service"
      comboboxProps={still}
      error={problems.work}
    />
  );
}
