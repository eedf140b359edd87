import { Button } from '@mantine/core';
import { useState } from 'react';
import { Link } from 'wouter';
import type { CallReason, CallRow } from '../../../state/progress/call_list.ts';
import { helpWord, wardStateWord } from '../../../state/words.ts';
import { SeverityTag } from '../severity_tag.tsx';
import { SpokeTo } from './spoke_to.tsx';

export function CallRowView({ row, site }: { row: CallRow; site: string }) {
  const [talking, setTalking] = useState<CallReason | null>(null);
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
            <span className={`state state-${reason.ward.state}`}>{stateWords(reason)}</span>
            <SeverityTag alert={reason.alert} />
            <Link href={`/notice/${reason.alert.id}`}>{reason.alert.headline}</Link>
            <Button
              size="xs"
              variant="default"
              onClick={() => setTalking(talking === reason ? null : reason)}
              aria-expanded={talking?.alert.id === reason.alert.id}
            >
              Spoke to…
            </Button>
          </li>
        ))}
      </ul>
      {talking === null ? null : (
        <SpokeTo
          alertId={talking.alert.id ?? ''}
          wardId={row.wardId}
          wardName={row.name}
          done={() => setTalking(null)}
        />
      )}
    </li>
  );
}

function stateWords({ ward }: CallReason): string {
  const help = (ward.answers ?? []).findLast((answer) => answer.response === 'NEED_HELP')?.help;
  const word = wardStateWord[ward.state ?? 'UNSPECIFIED'];
  return ward.state === 'HELP' && help !== undefined
    ? `${word}: ${helpWord[help].toLowerCase()}`
    : word;
}
