import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { Link } from 'wouter';
import type { AccountJson } from '../../../gen/wardcast/v1/access_service_pb.ts';
import { searchAccounts } from '../../../state/access/account_search.ts';
import type { ScopeNames } from '../../../state/access/scope_words.ts';
import { count } from '../../../state/words.ts';
import { useNow } from '../console_context.ts';
import { AssignmentWords } from '../grants/assignment_words.tsx';
import { Ago } from '../pieces/ago_time.tsx';
import { rowsAtOnce, ShowMore } from '../pieces/show_more.tsx';
import { AccountTags } from './account_tags.tsx';

// Everybody who may sign in; press a name to change what they may do.
export function AccountTable(props: {
  accounts: readonly AccountJson[];
  names: ScopeNames;
  zone: string;
}) {
  const now = useNow(30_000);
  const [typed, setTyped] = useState('');
  const [limit, setLimit] = useState(rowsAtOnce);
  const found = searchAccounts(props.accounts, typed, props.names);
  return (
    <>
      <div className="line">
        <TextInput
          aria-label="Search people"
          placeholder="Name, role, ward or service"
          w={320}
          value={typed}
          onChange={(event) => {
            setTyped(event.currentTarget.value);
            setLimit(rowsAtOnce);
          }}
        />
        <span className="dim" role="status">
          {typed.trim() === ''
            ? count(found.length, 'account', 'accounts')
            : `${found.length} of ${count(props.accounts.length, 'account', 'accounts')}`}
        </span>
      </div>
      {found.length === 0 ? (
        <p className="dim">Nobody is found by these words. Search for a name, a role or a ward.</p>
      ) : (
        <table className="table">
          <thead>
            <tr>
              <th scope="col">Person</th>
              <th scope="col">May do</th>
              <th scope="col">Sign-in</th>
              <th scope="col">Last signed in</th>
            </tr>
          </thead>
          <tbody>
            {found.slice(0, limit).map((account) => (
              <tr key={account.name} data-account={account.name}>
                <th scope="row">
                  <Link href={`/people/account/${account.name}`}>
                    {account.displayName || account.name}
                  </Link>
                  {account.displayName ? <div className="dim">{account.name}</div> : null}
                </th>
                <td>
                  <AssignmentWords assignments={account.assignments ?? []} names={props.names} />
                </td>
                <td>
                  <AccountTags account={account} />
                </td>
                <td>
                  <Ago at={account.signedInAt} never="never" zone={props.zone} now={now} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <ShowMore total={found.length} shown={limit} show={setLimit} />
    </>
  );
}
