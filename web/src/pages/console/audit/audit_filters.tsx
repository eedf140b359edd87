import { Button, Checkbox, TextInput } from '@mantine/core';
import '@mantine/core/styles/Checkbox.css';
import { useState } from 'react';
import { type AuditFilter, auditPath, wholeTrail } from '../../../state/access/audit_filter.ts';

export function AuditFilters(props: { filter: AuditFilter; go: (filter: AuditFilter) => void }) {
  const [who, setWho] = useState(props.filter.who);
  const [what, setWhat] = useState(props.filter.what);
  const [loudOnly, setLoudOnly] = useState(props.filter.loudOnly);
  // Another address, as by going back: the fields follow it.
  const asked = auditPath(props.filter);
  const [of, setOf] = useState(asked);
  if (of !== asked) {
    setOf(asked);
    setWho(props.filter.who);
    setWhat(props.filter.what);
    setLoudOnly(props.filter.loudOnly);
  }
  const narrowed = props.filter.who !== '' || props.filter.what !== '' || props.filter.loudOnly;
  return (
    <form
      className="audit-filters"
      aria-label="Filter"
      onSubmit={(event) => {
        event.preventDefault();
        // A new question begins at the newest.
        props.go({ ...wholeTrail, who: who.trim(), what: what.trim(), loudOnly });
      }}
    >
      <TextInput
        label="Who"
        description="Exactly: ann, token/nagios, endpoint/4w-pc-01, local"
        value={who}
        onChange={(event) => setWho(event.currentTarget.value)}
        maxLength={200}
        autoComplete="off"
      />
      <TextInput
        label="What"
        description="Words in what was done, on what, and the detail; among 1,000 entries at a time"
        value={what}
        onChange={(event) => setWhat(event.currentTarget.value)}
        maxLength={100}
        autoComplete="off"
      />
      <Checkbox
        label="Only loud ones"
        description="What must not be overlooked"
        checked={loudOnly}
        onChange={(event) => setLoudOnly(event.currentTarget.checked)}
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
