import { Button } from '@mantine/core';
import { useState } from 'react';
import type { ApiTokenJson } from '../../../gen/wardcast/v1/access_service_pb.ts';
import type { ScopeNames } from '../../../state/access/scope_words.ts';
import { expiryWords, tokenStand } from '../../../state/access/token_expiry.ts';
import { when } from '../../../state/time/words.ts';
import { AssignmentWords } from '../grants/assignment_words.tsx';
import { Ago } from '../pieces/ago_time.tsx';
import { rowsAtOnce, ShowMore } from '../pieces/show_more.tsx';

export function TokenTable(props: {
  tokens: readonly ApiTokenJson[];
  names: ScopeNames;
  zone: string;
  now: number;
  // Missing: they are revoked already.
  revoke?: (token: ApiTokenJson) => void;
}) {
  const { zone, now, revoke } = props;
  const [limit, setLimit] = useState(rowsAtOnce);
  return (
    <>
      <table className="table">
        <thead>
          <tr>
            <th scope="col">Machine</th>
            <th scope="col">May do</th>
            <th scope="col">Last used</th>
            <th scope="col">Expires</th>
            <th scope="col">Made</th>
            <th scope="col" className="last">
              {revoke === undefined ? 'Revoked' : <span className="unseen">Revoke it</span>}
            </th>
          </tr>
        </thead>
        <tbody>
          {props.tokens.slice(0, limit).map((token) => (
            <tr key={token.id} data-token={token.name}>
              <th scope="row">{token.name}</th>
              <td>
                <AssignmentWords assignments={token.assignments ?? []} names={props.names} />
              </td>
              <td>
                <Ago at={token.used} never="never" zone={zone} now={now} />
              </td>
              <td>
                <Expiry token={token} zone={zone} now={now} />
              </td>
              <td>
                <Ago at={token.created} never="" zone={zone} now={now} />
                {token.createdBy ? <div className="dim">by {token.createdBy}</div> : null}
              </td>
              <td className="last">
                {revoke === undefined ? (
                  <Ago at={token.revoked} never="" zone={zone} now={now} />
                ) : (
                  <Button
                    size="xs"
                    variant="default"
                    className="grave"
                    onClick={() => revoke(token)}
                    aria-label={`Revoke the token ${token.name}`}
                  >
                    Revoke…
                  </Button>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <ShowMore total={props.tokens.length} shown={limit} show={setLimit} />
    </>
  );
}

function Expiry({ token, zone, now }: { token: ApiTokenJson; zone: string; now: number }) {
  const stand = tokenStand(token, now);
  const words = expiryWords(token, now);
  const at = Date.parse(token.expires ?? '');
  const exact = Number.isNaN(at) ? undefined : when(at, zone, now, true);
  const attend = stand === 'soon' || stand === 'expired';
  return (
    <time dateTime={token.expires} title={exact} className={attend ? 'word-tag attend' : undefined}>
      {attend ? '⚠ ' : ''}
      {words}
    </time>
  );
}
