import { PasswordInput } from '@mantine/core';
import '@mantine/core/styles/PasswordInput.css';
import '@mantine/core/styles/ActionIcon.css';

// A field whose content is hidden until asked for.
export function SecretField(props: {
  label: string;
  description?: string;
  value: string;
  change: (value: string) => void;
  autoComplete: 'off' | 'current-password' | 'new-password';
  maxLength: number;
  focus?: boolean;
}) {
  return (
    <PasswordInput
      label={props.label}
      description={props.description}
      value={props.value}
      onChange={(event) => props.change(event.currentTarget.value)}
      autoComplete={props.autoComplete}
      maxLength={props.maxLength}
      autoFocus={props.focus ?? false}
      data-autofocus={props.focus || undefined}
      visibilityToggleButtonProps={{
        'aria-label': 'Show or hide what is typed',
        'aria-hidden': false,
        tabIndex: 0,
      }}
    />
  );
}
