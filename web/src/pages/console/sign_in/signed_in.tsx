import { Loader } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { ConsoleClient } from '../../../api/console_client.ts';
import type { Credential } from '../../../api/credential.ts';
import type { Browser } from '../../../browser.ts';
import {
  AccessService,
  type WhoAmIResponseJson,
} from '../../../gen/wardcast/v1/access_service_pb.ts';
import { BrokerClock } from '../../../live/broker_clock.ts';
import { App } from '../app.tsx';
import { ConsoleContext, type ConsoleUse } from '../console_context.ts';
import { callerOf } from './roles.ts';
import { SetPassword } from './set_password.tsx';
import { SetUpAuthenticator } from './set_up_authenticator.tsx';
import { SignIn } from './sign_in.tsx';
import { forgetToken, keepToken, keptToken } from './token.ts';

// Where somebody stands who opened the console.
type Stand =
  // This browser may have a session from before.
  | { case: 'looking' }
  | { case: 'link'; link: string }
  | { case: 'out'; byToken: boolean; expired: boolean; notice: string | null }
  | { case: 'in'; credential: Credential; who: WhoAmIResponseJson };

// The console once the broker knows who this is, else what leads there.
export function SignedIn({ browser, link }: { browser: Browser; link: string }) {
  const queries = useQueryClient();
  const [stand, setStand] = useState<Stand>(() => firstStand(browser, link));
  const signedIn = useCallback(
    (credential: Credential, who: WhoAmIResponseJson) => {
      if (credential.case === 'token') keepToken(browser, credential.token);
      setStand({ case: 'in', credential, who });
    },
    [browser],
  );
  const leave = useCallback(
    (byToken: boolean, expired: boolean) => {
      forgetToken(browser);
      queries.clear();
      setStand({ case: 'out', byToken, expired, notice: null });
    },
    [browser, queries],
  );
  useLook(browser, stand.case === 'looking', signedIn, leave);
  const entered = stand.case === 'in' ? stand : null;
  const use = useMemo<ConsoleUse | null>(() => {
    if (entered === null) return null;
    const byToken = entered.credential.case === 'token';
    const client = new ConsoleClient(browser, entered.credential, () => leave(byToken, true));
    return {
      browser,
      caller: callerOf(entered.who),
      client,
      clock: new BrokerClock(browser.monotonic, browser.ownClock),
      signOut: () => {
        // Whether the broker hears it or not, this page has done with the session.
        if (!byToken) client.call(AccessService.method.signOut, {}).catch(() => {});
        leave(byToken, false);
      },
    };
  }, [browser, entered, leave]);

  if (stand.case === 'looking') return <Loader className="late" aria-label="Loading" />;
  if (stand.case === 'link') {
    const out = (notice: string | null) =>
      setStand({ case: 'out', byToken: false, expired: false, notice });
    return (
      <SetPassword
        browser={browser}
        link={stand.link}
        done={(account) => out(`The password of ${account} is set. Sign in with it.`)}
        cancel={() => out(null)}
      />
    );
  }
  if (stand.case === 'out' || use === null) {
    const { byToken, expired, notice } =
      stand.case === 'out' ? stand : { byToken: false, expired: false, notice: null };
    return (
      <SignIn
        browser={browser}
        token={keptToken(browser)}
        byToken={byToken}
        expired={expired}
        notice={notice}
        signedIn={signedIn}
      />
    );
  }
  if (stand.who.secondFactorMissing === true) {
    return (
      <SetUpAuthenticator
        client={use.client}
        done={() => signedIn(stand.credential, { ...stand.who, secondFactorMissing: false })}
        signOut={use.signOut}
      />
    );
  }
  return (
    <ConsoleContext value={use}>
      <App />
    </ConsoleContext>
  );
}

function firstStand(browser: Browser, link: string): Stand {
  if (link !== '') return { case: 'link', link };
  if (keptToken(browser) !== '')
    return { case: 'out', byToken: true, expired: false, notice: null };
  return { case: 'looking' };
}

// Asks once whether this browser has a session that still holds.
function useLook(
  browser: Browser,
  look: boolean,
  signedIn: (credential: Credential, who: WhoAmIResponseJson) => void,
  leave: (byToken: boolean, expired: boolean) => void,
): void {
  const looked = useRef(false);
  useEffect(() => {
    if (!look || looked.current) return;
    looked.current = true;
    new ConsoleClient(browser, { case: 'session', csrf: '' }, () => {})
      .call(AccessService.method.whoAmI, {})
      .then(
        (who) => signedIn({ case: 'session', csrf: who.csrfToken ?? '' }, who),
        () => leave(false, false),
      );
  }, [browser, look, signedIn, leave]);
}
