import { Button } from '@mantine/core';
import { useState } from 'react';
import { ConsoleClient } from '../../../api/console_client.ts';
import { problemOf, problemWords } from '../../../api/problem.ts';
import type { Browser } from '../../../browser.ts';
import { AccessService } from '../../../gen/wardcast/v1/access_service_pb.ts';
import { FormPage } from './form_page.tsx';
import { SecretField } from './secret_field.tsx';

const shortest = 12;

// Sets an account's password by the one-time link that was opened.
export function SetPassword(props: {
  browser: Browser;
  link: string;
  // The account's name.
  done: (account: string) => void;
  cancel: () => void;
}) {
  const [password, setPassword] = useState('');
  const [again, setAgain] = useState('');
  const [busy, setBusy] = useState(false);
  const [wrong, setWrong] = useState<string | null>(null);
  const set = async () => {
    setBusy(true);
    setWrong(null);
    try {
      const client = new ConsoleClient(props.browser, { case: 'token', token: '' }, () => {});
      const answer = await client.call(AccessService.method.setPassword, {
        link: props.link,
        newPassword: password,
      });
      props.done(answer.account ?? '');
    } catch (error) {
      const problem = problemOf(error);
      setWrong(
        problem.case === 'fields' && problem.violations[0] !== undefined
          ? `The password ${problem.violations[0].description}.`
          : problemWords(problem),
      );
      setBusy(false);
    }
  };
  const differ = again !== '' && again !== password;
  return (
    <FormPage
      title="Set your password"
      intro="This link works once. At least 12 characters; a sentence is easy to remember and hard to guess."
      wrong={wrong === null ? null : { title: 'Not set', words: wrong }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void set();
        }}
      >
        <SecretField
          label="New password"
          value={password}
          change={setPassword}
          autoComplete="new-password"
          maxLength={200}
        />
        <SecretField
          label="The same again"
          {...(differ ? { description: 'The two are not the same yet.' } : {})}
          value={again}
          change={setAgain}
          autoComplete="new-password"
          maxLength={200}
        />
        <Button
          type="submit"
          loading={busy}
          disabled={password.length < shortest || password !== again}
        >
          Set password
        </Button>
      </form>
      <Button variant="subtle" size="xs" onClick={props.cancel}>
        To the sign-in page
      </Button>
    </FormPage>
  );
}
