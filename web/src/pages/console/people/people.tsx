import '../pieces/pieces.css';
import { Button, Loader } from '@mantine/core';
import { Link, Route, Switch } from 'wouter';
import { useGivable } from '../grants/role_sets.ts';
import { ProblemNote } from '../problem_note.tsx';
import { AccountEditor } from './account_editor.tsx';
import { AccountTable } from './account_table.tsx';
import { useAccounts } from './people_queries.ts';
import { SessionTable } from './session_table.tsx';

// Who may sign in, what they may do, and who is signed in now.
export function People() {
  const accounts = useAccounts();
  const { givable, error, again } = useGivable();
  if (accounts.data === undefined || givable === null) {
    const failed = accounts.error ?? error;
    if (failed === null) return <Loader className="late" aria-label="Loading" />;
    return (
      <ProblemNote
        error={failed}
        what="People and roles could not be read"
        again={() => {
          void accounts.refetch();
          again();
        }}
      />
    );
  }
  const zone = givable.directory.sites[0]?.zone ?? 'UTC';
  const all = accounts.data;
  return (
    <Switch>
      <Route path="/people/new">
        <AccountEditor key="" account={null} givable={givable} zone={zone} accounts={all} />
      </Route>
      <Route path="/people/account/:name">
        {({ name }) => {
          const account = all.find((each) => each.name === name);
          return account === undefined ? (
            <div className="empty">
              <h1>There is no account {name}</h1>
              <Link href="/people">To all accounts</Link>
            </div>
          ) : (
            <AccountEditor
              key={name}
              account={account}
              givable={givable}
              zone={zone}
              accounts={all}
            />
          );
        }}
      </Route>
      <Route path="/people/sessions">
        <Head tab="sessions" />
        <SessionTable account="" zone={zone} />
      </Route>
      <Route>
        <Head tab="accounts" />
        <AccountTable accounts={all} names={givable.names} zone={zone} />
      </Route>
    </Switch>
  );
}

function Head({ tab }: { tab: 'accounts' | 'sessions' }) {
  const current = (mine: string) => (tab === mine ? 'page' : undefined);
  return (
    <>
      <div className="line">
        <h1>People and roles</h1>
        <Button className="push" component={Link} href="/people/new">
          Add an account
        </Button>
      </div>
      <nav className="tabs" aria-label="People and roles">
        <Link href="/people" aria-current={current('accounts')}>
          Accounts
        </Link>
        <Link href="/people/sessions" aria-current={current('sessions')}>
          Signed in now
        </Link>
      </nav>
    </>
  );
}
