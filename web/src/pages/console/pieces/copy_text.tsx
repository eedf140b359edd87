import { Button, Textarea, TextInput } from '@mantine/core';
import { useRef, useState } from 'react';
import { useConsole } from '../console_context.ts';

// A text that is taken elsewhere: with one press, or by hand where the browser forbids that.
export function CopyText(props: { label: string; text: string; rows?: number }) {
  const { browser } = useConsole();
  const field = useRef<HTMLInputElement & HTMLTextAreaElement>(null);
  const [said, setSaid] = useState('');
  const copy = async () => {
    if (await browser.copy(props.text)) return setSaid('Copied.');
    field.current?.focus();
    field.current?.select();
    setSaid('It is selected: press Ctrl+C.');
  };
  const shared = {
    label: props.label,
    value: props.text,
    readOnly: true,
    spellCheck: false,
    className: 'copied',
    onFocus: () => field.current?.select(),
  };
  return (
    <div className="copy">
      {props.rows === undefined ? (
        <TextInput {...shared} ref={field} />
      ) : (
        <Textarea {...shared} ref={field} rows={props.rows} />
      )}
      <Button variant="default" onClick={() => void copy()} aria-label={`Copy: ${props.label}`}>
        Copy
      </Button>
      <span className="dim" role="status">
        {said}
      </span>
    </div>
  );
}
