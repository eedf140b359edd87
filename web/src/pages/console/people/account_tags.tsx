import type { AccountJson } from '../../../gen/wardcast/v1/access_service_pb.ts';

// What has to be known of an account besides its roles.
export function AccountTags({ account }: { account: AccountJson }) {
  const local = account.fromDirectory !== true;
  return (
    <span className="tagged">
      {account.disabled ? <span className="word-tag attend">✕ disabled</span> : null}
      {account.breakGlass ? <span className="word-tag">break-glass</span> : null}
      {local ? null : <span className="word-tag">from the directory</span>}
      {local && !account.hasPassword ? <span className="word-tag">no password yet</span> : null}
      <span className="word-tag">
        {account.hasSecondFactor ? 'authenticator' : 'no authenticator'}
      </span>
    </span>
  );
}
