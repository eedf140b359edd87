import { Loader } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { Confirmation } from '../../../api/confirmation.ts';
import { ConsoleClient } from '../../../api/console_client.ts';
import type { Credential } from '../../../api/credential.ts';
import type { Browser } from '../../../browser.ts';
import {
  AccessService,
  type WhoAmIResponseJson,
} from '../../../gen/wardcast/v1/access_service_pb.ts';
import { Attendance } from '../../../live/attendance.ts';
import { BrokerClock } from '../../../live/broker_clock.ts';
import { App } from '../app.tsx';
import { ConsoleContext, type ConsoleUse } from '../console_context.ts';
import { ConfirmIdentity } from './confirm_identity.tsx';
import { callerOf } from './roles.ts';
import { SetPassword } from './set_password.tsx';
import { SetUpAuthenticator } from './set_up_authenticator.tsx';
import { SignIn } from './sign_in.tsx';
import { SignInAgain } from './sign_in_again.tsx';
import { forgetToken, keepToken, keptToken } from './token.ts';

// Where somebody stands who opened the console.
type Stand =
  // This browser may have a session from before.
  | { case: 'looking' }
  | { case: 'link'; link: string }
  | { case: 'out'; byToken: boolean; expired: boolean; notice: string | null; account: string }
  // `ended`: the session is over, and what is being typed waits for the next one.
  | { case: 'in'; credential: Credential; who: WhoAmIResponseJson; ended: boolean };

const out: Stand & { case: 'out' } = {
  case: 'out',
  byToken: false,
  expired: false,
  notice: null,
  account: '',
};

// The console once the broker knows who this is, else what leads there.
export function SignedIn({ browser, link }: { browser: Browser; link: string }) {
  const queries = useQueryClient();
  const [stand, setStand] = useState<Stand>(() => firstStand(browser, link));
  const [confirmation] = useState(() => new Confirmation());
  const [attendance] = useState(() => new Attendance(browser));
  useEffect(() => attendance.begin(), [attendance]);
  const clock = useMemo(() => new BrokerClock(browser.monotonic, browser.ownClock), [browser]);
  const entered = stand.case === 'in' ? stand : null;
  const before = entered?.who.caller;
  const signedIn = useCallback(
    (credential: Credential, who: WhoAmIResponseJson) => {
      if (credential.case === 'token') keepToken(browser, credential.token);
      // What was read for somebody else is not for this one.
      if (before !== undefined && before !== who.caller) queries.clear();
      setStand({ case: 'in', credential, who, ended: false });
    },
    [browser, queries, before],
  );
  const leave = useCallback(
    (byToken: boolean, expired: boolean) => {
      forgetToken(browser);
      confirmation.settle(false);
      queries.clear();
      setStand({ ...out, byToken, expired });
    },
    [browser, confirmation, queries],
  );
  useLook(browser, stand.case === 'looking', signedIn, leave);
  useReadAgain(entered?.ended ?? false);
  const credential = entered?.credential;
  const who = entered?.who;
  const use = useMemo<ConsoleUse | null>(() => {
    if (credential === undefined || who === undefined) return null;
    const byToken = credential.case === 'token';
    const ended = () => {
      if (byToken) return leave(true, true);
      confirmation.settle(false);
      setStand((now) => (now.case === 'in' ? { ...now, ended: true } : now));
    };
    const { unattended } = attendance;
    const client = new ConsoleClient(browser, credential, ended, confirmation.ask, unattended);
    return {
      browser,
      caller: callerOf(who),
      client,
      clock,
      signOut: () => {
        // Whether the broker hears it or not, this page has done with the session.
        if (!byToken) client.once(AccessService.method.signOut, {}).catch(() => {});
        leave(byToken, false);
      },
    };
  }, [attendance, browser, clock, confirmation, credential, who, leave]);

  if (stand.case === 'looking') return <Loader className="late" aria-label="Loading" />;
  if (stand.case === 'link') {
    return (
      <SetPassword
        browser={browser}
        link={stand.link}
        done={(account) =>
          setStand({
            ...out,
            notice: `The password of ${account} is set. Sign in with it.`,
            account,
          })
        }
        cancel={() => setStand(out)}
      />
    );
  }
  if (stand.case === 'out' || use === null || (stand.ended && nothingYet(stand.who))) {
    const { byToken, expired, notice, account } = stand.case === 'out' ? stand : out;
    return (
      <SignIn
        browser={browser}
        token={keptToken(browser)}
        byToken={byToken}
        expired={expired}
        notice={notice}
        account={account}
        signedIn={signedIn}
      />
    );
  }
  if (nothingYet(stand.who)) {
    const done = { ...stand.who, secondFactorMissing: false, hasSecondFactor: true };
    return (
      <SetUpAuthenticator
        client={use.client}
        done={() => signedIn(stand.credential, done)}
        signOut={use.signOut}
      />
    );
  }
  return (
    <>
      <ConsoleContext value={use}>
        <App key={use.caller.name} />
      </ConsoleContext>
      <ConfirmIdentity confirmation={confirmation} client={use.client} caller={use.caller} />
      {stand.ended ? (
        <SignInAgain
          browser={browser}
          account={use.caller.name}
          signedIn={signedIn}
          leave={() => leave(false, false)}
        />
      ) : null}
    </>
  );
}

// Nothing but setting up an authenticator is allowed.
function nothingYet(who: WhoAmIResponseJson): boolean {
  return who.secondFactorMissing === true;
}

// Reads everything anew once a session that had ended is followed by another.
function useReadAgain(ended: boolean): void {
  const queries = useQueryClient();
  const interrupted = useRef(false);
  useEffect(() => {
    if (interrupted.current && !ended) void queries.invalidateQueries();
    interrupted.current = ended;
  }, [ended, queries]);
}

function firstStand(browser: Browser, link: string): Stand {
  if (link !== '') return { case: 'link', link };
  if (keptToken(browser) !== '') return { ...out, byToken: true };
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
