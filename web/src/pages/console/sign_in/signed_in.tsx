import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useMemo, useState } from 'react';
import { ConsoleClient } from '../../../api/console_client.ts';
import type { Browser } from '../../../browser.ts';
import { BrokerClock } from '../../../live/broker_clock.ts';
import { App } from '../app.tsx';
import { ConsoleContext, type ConsoleUse } from '../console_context.ts';
import { SignIn } from './sign_in.tsx';
import { forgetToken, keepToken, keptToken } from './token.ts';

// The console once there is a token that the broker takes, else the sign-in form.
export function SignedIn({ browser }: { browser: Browser }) {
  const queries = useQueryClient();
  const [token, setToken] = useState(() => keptToken(browser));
  const [caller, setCaller] = useState<string | null>(null);
  const [expired, setExpired] = useState(false);
  const signOut = useCallback(
    (why: 'asked' | 'expired') => {
      forgetToken(browser);
      queries.clear();
      setToken('');
      setCaller(null);
      setExpired(why === 'expired');
    },
    [browser, queries],
  );
  const use = useMemo<ConsoleUse | null>(
    () =>
      caller === null
        ? null
        : {
            browser,
            caller,
            client: new ConsoleClient(browser, token, () => signOut('expired')),
            clock: new BrokerClock(browser.monotonic, browser.ownClock),
            signOut: () => signOut('asked'),
          },
    [browser, caller, token, signOut],
  );
  if (use === null) {
    return (
      <SignIn
        browser={browser}
        token={token}
        expired={expired}
        signedIn={(taken, name) => {
          keepToken(browser, taken);
          setToken(taken);
          setCaller(name);
        }}
      />
    );
  }
  return (
    <ConsoleContext value={use}>
      <App />
    </ConsoleContext>
  );
}
