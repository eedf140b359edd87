import { NativeSelect, TextInput } from '@mantine/core';
import type { TypedTime } from '../../../state/publish/typed_time.ts';
import { meaning } from '../../../state/time/local_time.ts';
import { span, when } from '../../../state/time/words.ts';
import { abbreviation } from '../../../state/time/zone.ts';

// A day and a time in a notice's zone; says what it comes to, and asks which of the two is meant when
// the clocks show it twice.
export function TypedTimeField(props: {
  label: string;
  // The label stands elsewhere already.
  unlabelled?: boolean;
  value: TypedTime;
  change: (value: TypedTime) => void;
  zone: string;
  now: number;
  error?: string | undefined;
  autoFocus?: boolean;
}) {
  const { value, change, zone, now } = props;
  const meant = meaning(value.local, zone);
  return (
    <div>
      <TextInput
        {...(props.unlabelled ? { 'aria-label': props.label } : { label: props.label })}
        type="datetime-local"
        value={value.local}
        onChange={(event) => change({ local: event.currentTarget.value, second: false })}
        error={props.error}
        autoFocus={props.autoFocus ?? false}
      />
      {meant.case === 'twice' ? (
        <NativeSelect
          aria-label={`${props.label}: which of the two`}
          size="xs"
          mt={4}
          value={value.second ? 'second' : 'first'}
          data={[
            { value: 'first', label: `First time (${abbreviation(meant.first, zone)})` },
            { value: 'second', label: `Second time (${abbreviation(meant.second, zone)})` },
          ]}
          onChange={(event) => change({ ...value, second: event.currentTarget.value === 'second' })}
        />
      ) : null}
      {meant.case === 'once' ? (
        <span className="dim">
          {when(meant.at, zone, now, true)},{' '}
          {meant.at >= now ? `in ${span(meant.at - now)}` : `${span(now - meant.at)} ago`}
        </span>
      ) : null}
    </div>
  );
}
