import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { ConsoleClient } from '../../../api/console_client.ts';
import type { Credential } from '../../../api/credential.ts';
import { problemOf, problemWords } from '../../../api/problem.ts';
import type { Browser } from '../../../browser.ts';
import {
  AccessService,
  type WhoAmIResponseJson,
} from '../../../gen/wardcast/v1/access_service_pb.ts';
import { CodeField } from './code_field.tsx';
import { SecretField } from './secret_field.tsx';

// Signs in with an account; asks for a code if the account has an authenticator.
export function AccountForm(props: {
  browser: Browser;
  // Stands in its field from the beginning; empty: it has to be typed.
  account: string;
  signedIn: (credential: Credential, who: WhoAmIResponseJson) => void;
  wrong: (words: string | null) => void;
}) {
  const [account, setAccount] = useState(props.account);
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const [codeNeeded, setCodeNeeded] = useState(false);
  const [busy, setBusy] = useState(false);
  const signIn = async () => {
    setBusy(true);
    props.wrong(null);
    try {
      const client = new ConsoleClient(props.browser, { case: 'session', csrf: '' }, () => {});
      const answer = await client.call(AccessService.method.signIn, {
        account: account.trim(),
        password,
        code,
      });
      if (answer.codeNeeded === true) {
        setCodeNeeded(true);
      } else {
        const who = answer.who ?? {};
        props.signedIn({ case: 'session', csrf: who.csrfToken ?? '' }, who);
        return;
      }
    } catch (error) {
      setCode('');
      props.wrong(accountWords(error, props.browser.origin));
    }
    setBusy(false);
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void signIn();
      }}
    >
      <TextInput
        label="Account"
        value={account}
        onChange={(event) => setAccount(event.currentTarget.value)}
        autoComplete="username"
        maxLength={64}
        autoFocus={props.account === ''}
      />
      <SecretField
        label="Password"
        value={password}
        change={setPassword}
        autoComplete="current-password"
        maxLength={200}
        focus={props.account !== ''}
      />
      {codeNeeded ? (
        <CodeField
          label="Code of your authenticator"
          description="Six digits; a new one every 30 seconds."
          value={code}
          change={setCode}
          focus
        />
      ) : null}
      <Button
        type="submit"
        loading={busy}
        disabled={account.trim() === '' || password === '' || (codeNeeded && code.length !== 6)}
      >
        Sign in
      </Button>
    </form>
  );
}

function accountWords(error: unknown, origin: string): string {
  const problem = problemOf(error);
  switch (problem.case) {
    case 'signedOut':
      return 'The name, the password or the code is wrong. After a few tries the broker waits longer each time.';
    case 'unreachable':
      return `The broker at ${origin} does not answer. Is it running?`;
    default:
      return problemWords(problem);
  }
}
