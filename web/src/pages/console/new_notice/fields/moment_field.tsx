import { NativeSelect, TextInput } from '@mantine/core';
import { assertNever } from '../../../../state/assert_never.ts';
import type { Moment } from '../../../../state/publish/notice_form.ts';
import { localText, meaning } from '../../../../state/time/local_time.ts';
import { span, when } from '../../../../state/time/words.ts';
import { abbreviation } from '../../../../state/time/zone.ts';
import type { FieldsProps } from './fields_props.ts';

const minutes = [15, 30, 60, 120, 240];

// One moment: a preset or a day and time in the notice's zone; says what it comes to.
export function MomentField(
  props: FieldsProps & {
    label: string;
    field: 'start' | 'end' | 'next';
    options: ('now' | 'in' | 'at' | 'none')[];
  },
) {
  const { field, zone, now } = props;
  const moment = props.form[field];
  const set = (next: Moment) => props.change({ [field]: next });
  const presets = props.options.flatMap((option) => presetsOf(option, field));
  const choose = (value: string) => {
    if (value.startsWith('in:')) set({ case: 'in', minutes: Number(value.slice(3)) });
    else if (value === 'at') set({ case: 'at', local: localText(now, zone), second: false });
    else if (value === 'now') set({ case: 'now' });
    else set({ case: 'none' });
  };
  const problem = props.problems[field];
  return (
    <div className="moment">
      <NativeSelect
        label={props.label}
        data={presets}
        value={moment.case === 'in' ? `in:${moment.minutes}` : moment.case}
        onChange={(event) => choose(event.currentTarget.value)}
        error={moment.case === 'at' ? null : problem}
      />
      {moment.case === 'at' ? (
        <TextInput
          aria-label={`${props.label}: day and time`}
          type="datetime-local"
          mt={6}
          value={moment.local}
          onChange={(event) => set({ ...moment, local: event.currentTarget.value })}
          error={problem}
        />
      ) : null}
      <Result
        moment={moment}
        zone={zone}
        now={now}
        second={(second) => moment.case === 'at' && set({ ...moment, second })}
      />
    </div>
  );
}

function presetsOf(option: 'now' | 'in' | 'at' | 'none', field: string) {
  switch (option) {
    case 'now':
      return [{ value: 'now', label: 'Now' }];
    case 'none':
      return [{ value: 'none', label: field === 'end' ? 'Unknown' : 'None promised' }];
    case 'in':
      return minutes.map((each) => ({ value: `in:${each}`, label: `In ${span(each * 60_000)}` }));
    case 'at':
      return [{ value: 'at', label: 'At a time…' }];
    default:
      return assertNever(option);
  }
}

function Result(props: {
  moment: Moment;
  zone: string;
  now: number;
  second: (second: boolean) => void;
}) {
  const { moment, zone, now } = props;
  if (moment.case === 'in') {
    return <span className="dim">{when(now + moment.minutes * 60_000, zone, now)}</span>;
  }
  if (moment.case !== 'at') return null;
  const meant = meaning(moment.local, zone);
  if (meant.case === 'twice') {
    return (
      <NativeSelect
        aria-label="Which of the two"
        size="xs"
        mt={4}
        value={moment.second ? 'second' : 'first'}
        data={[
          { value: 'first', label: `First time (${abbreviation(meant.first, zone)})` },
          { value: 'second', label: `Second time (${abbreviation(meant.second, zone)})` },
        ]}
        onChange={(event) => props.second(event.currentTarget.value === 'second')}
      />
    );
  }
  if (meant.case !== 'once') return null;
  const away = meant.at - now;
  return (
    <span className="dim">
      {when(meant.at, zone, now, true)}, {away >= 0 ? `in ${span(away)}` : `${span(-away)} ago`}
    </span>
  );
}
