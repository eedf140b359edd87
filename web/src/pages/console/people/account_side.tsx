import type { AccountJson } from '../../../gen/wardcast/v1/access_service_pb.ts';
import { useNow } from '../console_context.ts';
import { Ago } from '../pieces/ago_time.tsx';
import { AccountDeeds } from './account_deeds.tsx';
import { SessionTable } from './session_table.tsx';

// How somebody signs in, and where they are signed in.
export function AccountSide({ account, zone }: { account: AccountJson; zone: string }) {
  const now = useNow(30_000);
  const password =
    account.fromDirectory === true
      ? 'that of the hospital’s directory'
      : account.hasPassword
        ? 'set'
        : 'not set yet: it needs a one-time link';
  return (
    <div className="stack">
      <section className="box stack" aria-label="Signing in">
        <h2>Signing in</h2>
        <dl className="fact-list">
          <dt>Account</dt>
          <dd>{account.name}</dd>
          <dt>Password</dt>
          <dd>{password}</dd>
          <dt>Authenticator</dt>
          <dd>{account.hasSecondFactor ? 'yes' : 'no'}</dd>
          <dt>Last signed in</dt>
          <dd>
            <Ago at={account.signedInAt} never="never" zone={zone} now={now} />
          </dd>
        </dl>
        <AccountDeeds account={account} zone={zone} />
      </section>
      <section className="box stack" aria-label="Signed in now">
        <h2>Signed in now</h2>
        <SessionTable account={account.name ?? ''} zone={zone} />
      </section>
    </div>
  );
}
