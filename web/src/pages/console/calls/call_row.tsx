import { Button } from '@mantine/core';
import { useState } from 'react';
import { Link } from 'wouter';
import type { WardProgressJson } from '../../../gen/wardcast/v1/progress_pb.ts';
import { answersFor } from '../../../state/access/coverage.ts';
import type { CallRow } from '../../../state/progress/call_list.ts';
import { askedFor, askedWords } from '../../../state/progress/help_requests.ts';
import { standWords } from '../../../state/progress/progress_words.ts';
import { calmSpan } from '../../../state/time/words.ts';
import { useConsole } from '../console_context.ts';
import { useDirectory } from '../directory.ts';
import { SeverityTag } from '../severity_tag.tsx';
import { SpokeTo } from './spoke_to.tsx';

export function CallRowView({ row, site, now }: { row: CallRow; site: string; now: number }) {
  const { caller } = useConsole();
  const directory = useDirectory();
  // About which alert; the reasons themselves are made anew every few seconds.
  const [talking, setTalking] = useState('');
  return (
    <li className="call" data-ward={row.wardId}>
      <div className="call-ward">
        <strong>{row.name}</strong>
        <span className="dim">{site}</span>
      </div>
      <div className="call-phone">
        <strong>{row.phones[0] ?? 'no phone known'}</strong>
        <span className="dim">
          {[
            row.phones.slice(1).join(', '),
            row.radioChannel === '' ? '' : `radio ${row.radioChannel}`,
          ]
            .filter((part) => part !== '')
            .join(' · ')}
        </span>
      </div>
      <ul className="reasons">
        {row.reasons.map((reason) => (
          <li key={reason.alert.id}>
            <div className="reason">
              <span className={`state state-${reason.ward.state}`}>
                {standWords(reason.ward, now)}
              </span>
              {askedFor(reason.ward).length > 0 ? <Asked ward={reason.ward} now={now} /> : null}
            </div>
            <SeverityTag alert={reason.alert} />
            <Link href={`/notice/${reason.alert.id}`}>{reason.alert.headline}</Link>
            {answersFor(caller.grants, row.wardId, directory.data) ? (
              <Button
                size="xs"
                variant="default"
                onClick={() =>
                  setTalking(talking === reason.alert.id ? '' : (reason.alert.id ?? ''))
                }
                aria-expanded={talking === reason.alert.id}
              >
                Spoke to…
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
      {talking === '' ? null : (
        <SpokeTo
          key={talking}
          alertId={talking}
          wardId={row.wardId}
          wardName={row.name}
          done={() => setTalking('')}
        />
      )}
    </li>
  );
}

// "downtime PC, staff · waits for 12 min"
function Asked({ ward, now }: { ward: WardProgressJson; now: number }) {
  const asked = askedFor(ward);
  const since = Date.parse(asked[0]?.at ?? '');
  return (
    <div>
      {[askedWords(asked), Number.isNaN(since) ? '' : `waits for ${calmSpan(now - since)}`]
        .filter((part) => part !== '')
        .join(' · ')}
    </div>
  );
}
