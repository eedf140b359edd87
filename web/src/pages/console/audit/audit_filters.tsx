import { Button, Checkbox, TextInput } from '@mantine/core';
import '@mantine/core/styles/Checkbox.css';
import { useState } from 'react';
import { type AuditFilter, auditPath, wholeTrail } from '../../../state/access/audit_filter.ts';

export function AuditFilters(props: { filter: AuditFilter; go: (filter: AuditFilter) => void }) {
  const [typed, setTyped] = useState(props.filter);
  // Another address, as by going back: the fields follow it.
  const asked = auditPath(props.filter);
  const [of, setOf] = useState(asked);
  if (of !== asked) {
    setOf(asked);
    setTyped(props.filter);
  }
  const text = (field: 'who' | 'what', label: string, description: string, maxLength: number) => (
    <TextInput
      label={label}
      description={description}
      value={typed[field]}
      onChange={(event) => setTyped({ ...typed, [field]: event.currentTarget.value })}
      maxLength={maxLength}
      autoComplete="off"
    />
  );
  const narrowed = props.filter.who !== '' || props.filter.what !== '' || props.filter.loudOnly;
  return (
    <form
      className="audit-filters"
      aria-label="Filter"
      onSubmit={(event) => {
        event.preventDefault();
        // A new question begins at the newest.
        const { who, what, loudOnly } = typed;
        props.go({ ...wholeTrail, who: who.trim(), what: what.trim(), loudOnly });
      }}
    >
      {text('who', 'Who', 'Exactly: ann, token/nagios, endpoint/4w-pc-01, local', 200)}
      {text(
        'what',
        'What',
        'Words in what was done, on what, and the detail; among 1,000 entries at a time',
        100,
      )}
      <Checkbox
        label="Only loud ones"
        description="What must not be overlooked"
        checked={typed.loudOnly}
        onChange={(event) => setTyped({ ...typed, loudOnly: event.currentTarget.checked })}
      />
      <div className="buttons">
        <Button type="submit">Look</Button>
        {narrowed ? (
          <Button variant="default" onClick={() => props.go(wholeTrail)}>
            Everything
          </Button>
        ) : null}
      </div>
    </form>
  );
}
