import { TextInput } from '@mantine/core';

// Six digits of an authenticator.
export function CodeField(props: {
  label: string;
  description: string;
  value: string;
  change: (value: string) => void;
  focus?: boolean;
}) {
  return (
    <TextInput
      label={props.label}
      description={props.description}
      value={props.value}
      onChange={(event) => props.change(event.currentTarget.value.replace(/\D/g, '').slice(0, 6))}
      autoComplete="one-time-code"
      inputMode="numeric"
      autoFocus={props.focus ?? false}
      data-autofocus={props.focus || undefined}
    />
  );
}
