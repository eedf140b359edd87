import { NativeSelect, Textarea, TextInput } from '@mantine/core';
import type {
  Kind_ValueJson,
  Phase_ValueJson,
  Presentation_ValueJson,
} from '../../../../gen/wardcast/v1/alert_pb.ts';
import { presentationWord } from '../../../../state/access/scope_words.ts';
import type { NoticeForm } from '../../../../state/publish/notice_form.ts';
import { capital, kindWord, phaseWord } from '../../../../state/words.ts';
import type { FieldsProps } from './fields_props.ts';

const kinds: Kind_ValueJson[] = [
  'PLANNED_DOWNTIME',
  'OUTAGE',
  'DEGRADED',
  'SECURITY',
  'EMERGENCY',
  'INFORMATION',
];
const phases: Phase_ValueJson[] = [
  'UNSPECIFIED',
  'ANNOUNCED',
  'LOOKING_INTO_IT',
  'CONFIRMED',
  'EXTENDED',
];

type TextField = {
  [K in keyof NoticeForm]: NoticeForm[K] extends string ? K : never;
}[keyof NoticeForm];

export function MoreFields({ form, problems, change }: FieldsProps) {
  const line = (field: TextField, label: string, maxLength: number) => (
    <TextInput
      label={label}
      value={form[field]}
      maxLength={maxLength}
      onChange={(event) => change({ [field]: event.currentTarget.value })}
      error={problems[field]}
    />
  );
  const lines = (field: TextField, label: string) => (
    <Textarea
      label={label}
      rows={3}
      value={form[field]}
      onChange={(event) => change({ [field]: event.currentTarget.value })}
      error={problems[field]}
    />
  );
  return (
    <div className="stack">
      <p className="dim flush">
        A step for one role begins with it: [charge nurse] Print the census.
      </p>
      <div className="grid-2">
        {lines('before', 'Before, one step a line')}
        {lines('after', 'Afterwards, one step a line')}
      </div>
      {lines('backEntry', 'To enter again after the end, one item a line')}
      <div className="grid-2">
        {line('phone', 'Number to call (empty: the site’s command centre)', 40)}
        {line('phoneFallback', 'The other way when phones are down', 120)}
        {line('downtimePc', 'Downtime PC (empty: each ward’s own)', 120)}
        {line('binder', 'Binder (empty: each ward’s own)', 120)}
        {line('reason', 'Reason', 300)}
        {line('ticket', 'Ticket', 40)}
        <NativeSelect
          label="Kind"
          value={form.kind}
          data={kinds.map((each) => ({ value: each, label: kindWord[each] }))}
          onChange={(event) => change({ kind: event.currentTarget.value as Kind_ValueJson })}
          error={problems.kind}
        />
        <NativeSelect
          label="Phase"
          value={form.phase}
          data={phases.map((each) => ({ value: each, label: phaseWord[each] || 'By the kind' }))}
          onChange={(event) => change({ phase: event.currentTarget.value as Phase_ValueJson })}
        />
        <NativeSelect
          label="How ward PCs show it"
          value={form.presentation}
          data={presentations(form).map((each) => ({
            value: each,
            label: each === 'UNSPECIFIED' ? 'By the severity' : capital(presentationWord[each]),
          }))}
          onChange={(event) =>
            change({ presentation: event.currentTarget.value as Presentation_ValueJson })
          }
          error={problems.presentation}
        />
      </div>
    </div>
  );
}

// The whole screen only for what is worth it; the broker takes it where it is switched on.
function presentations(form: NoticeForm): Presentation_ValueJson[] {
  const usual: Presentation_ValueJson[] = ['UNSPECIFIED', 'TICKER', 'TOAST', 'DIALOG'];
  if (form.drill) return usual;
  return form.severity === 'EXTREME' || form.presentation === 'TAKEOVER'
    ? [...usual, 'TAKEOVER']
    : usual;
}
