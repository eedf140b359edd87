import { NativeSelect } from '@mantine/core';
import { assertNever } from '../../../../state/assert_never.ts';
import type { Moment } from '../../../../state/publish/notice_form.ts';
import { localText } from '../../../../state/time/local_time.ts';
import { span, when } from '../../../../state/time/words.ts';
import { TypedTimeField } from '../../pieces/typed_time_field.tsx';
import type { FieldsProps } from './fields_props.ts';

const minutes = [15, 30, 60, 120, 240];
type Field = 'start' | 'end' | 'next' | 'sendAt';
type Option = 'now' | 'in' | 'at' | 'none';

// One moment: a preset or a day and time in the notice's zone; says what it comes to.
export function MomentField(
  props: FieldsProps & { label: string; field: Field; options: Option[] },
) {
  const { field, zone, now, goesOut } = props;
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
        <div className="typed">
          <TypedTimeField
            label={`${props.label}: day and time`}
            unlabelled
            value={moment}
            change={(typed) => set({ case: 'at', ...typed })}
            zone={zone}
            now={now}
            error={problem}
          />
        </div>
      ) : null}
      {moment.case === 'in' ? (
        <span className="dim">{when(goesOut + moment.minutes * 60_000, zone, now)}</span>
      ) : null}
    </div>
  );
}

function presetsOf(option: Option, field: Field) {
  switch (option) {
    case 'now':
      return [{ value: 'now', label: nowWords[field] }];
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

const nowWords: Record<Field, string> = {
  start: 'Now',
  end: 'Now',
  next: 'Now',
  sendAt: 'As soon as it is sent',
};
