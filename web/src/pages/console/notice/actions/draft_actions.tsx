import { Button } from '@mantine/core';
import { useState } from 'react';
import { Link } from 'wouter';
import type { AlertJson } from '../../../../gen/wardcast/v1/alert_pb.ts';
import { RecallPanel } from './recall_panel.tsx';

// What can be done with what was written and not sent.
export function DraftActions({ alert }: { alert: AlertJson }) {
  const [away, setAway] = useState(false);
  return (
    <section className="actions" aria-label="Actions">
      <div className="buttons">
        {alert.state === 'DRAFT' ? (
          <Button component={Link} href={`/draft/${alert.id}`}>
            Go on writing
          </Button>
        ) : null}
        <Button
          className="push recall"
          variant="default"
          aria-expanded={away}
          onClick={() => setAway(!away)}
        >
          Take it away…
        </Button>
      </div>
      {away ? <RecallPanel alert={alert} done={() => setAway(false)} /> : null}
    </section>
  );
}
