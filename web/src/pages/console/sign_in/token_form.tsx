import { Button } from '@mantine/core';
import { useCallback, useEffect, useRef, useState } from 'react';
import { ConsoleClient } from '../../../api/console_client.ts';
import type { Credential } from '../../../api/credential.ts';
import { problemOf, problemWords } from '../../../api/problem.ts';
import type { Browser } from '../../../browser.ts';
import {
  AccessService,
  type WhoAmIResponseJson,
} from '../../../gen/wardcast/v1/access_service_pb.ts';
import { SecretField } from './secret_field.tsx';

// Signs in with a token: of a machine, or of a broker in plain text on this machine.
export function TokenForm(props: {
  browser: Browser;
  // From the address or this tab's session; checked at once.
  token: string;
  signedIn: (credential: Credential, who: WhoAmIResponseJson) => void;
  wrong: (words: string | null) => void;
}) {
  const { browser, signedIn, wrong } = props;
  const [typed, setTyped] = useState('');
  const [busy, setBusy] = useState(props.token !== '');
  const [failed, setFailed] = useState(false);
  const check = useCallback(
    async (token: string) => {
      setBusy(true);
      wrong(null);
      const credential: Credential = { case: 'token', token };
      try {
        const who = await new ConsoleClient(browser, credential, () => {}).call(
          AccessService.method.whoAmI,
          {},
        );
        signedIn(credential, who);
      } catch (error) {
        wrong(tokenWords(error, browser.origin));
        setFailed(true);
        setBusy(false);
      }
    },
    [browser, signedIn, wrong],
  );
  const checked = useRef(false);
  useEffect(() => {
    if (props.token === '' || checked.current) return;
    checked.current = true;
    void check(props.token);
  }, [props.token, check]);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void check(typed.trim() || props.token);
      }}
    >
      <SecretField
        label="Access token"
        description="Of a broker that runs in plain text on this machine it is in the file admin.token in its data folder."
        value={typed}
        change={setTyped}
        autoComplete="off"
        maxLength={500}
      />
      <Button type="submit" loading={busy} disabled={typed.trim() === '' && props.token === ''}>
        {failed && typed.trim() === '' ? 'Try again' : 'Sign in'}
      </Button>
    </form>
  );
}

function tokenWords(error: unknown, origin: string): string {
  const problem = problemOf(error);
  switch (problem.case) {
    case 'signedOut':
      return 'The broker does not know this token. Check that all of it was copied.';
    case 'unreachable':
      return `The broker at ${origin} does not answer. Is it running?`;
    default:
      return problemWords(problem);
  }
}
