import './sign_in.css';
import { Button, PasswordInput } from '@mantine/core';
import '@mantine/core/styles/PasswordInput.css';
import '@mantine/core/styles/ActionIcon.css';
import { useCallback, useEffect, useRef, useState } from 'react';
import { ConsoleClient } from '../../../api/console_client.ts';
import { problemOf, problemWords } from '../../../api/problem.ts';
import type { Browser } from '../../../browser.ts';
import { AccessService } from '../../../gen/wardcast/v1/access_service_pb.ts';

// Asks for the token, and for nothing else: accounts come with a later version.
export function SignIn(props: {
  browser: Browser;
  // From the address or this tab's session; checked at once.
  token: string;
  expired: boolean;
  signedIn: (token: string, caller: string) => void;
}) {
  const { browser, signedIn } = props;
  const [typed, setTyped] = useState('');
  const [busy, setBusy] = useState(props.token !== '');
  const [wrong, setWrong] = useState<string | null>(
    props.expired ? problemWords({ case: 'signedOut' }) : null,
  );
  const check = useCallback(
    async (token: string) => {
      setBusy(true);
      setWrong(null);
      const answer = await whoAmI(browser, token);
      if ('caller' in answer) signedIn(token, answer.caller);
      else {
        setWrong(answer.wrong);
        setBusy(false);
      }
    },
    [browser, signedIn],
  );
  const checked = useRef(false);
  useEffect(() => {
    if (props.token === '' || checked.current) return;
    checked.current = true;
    void check(props.token);
  }, [props.token, check]);
  return (
    <main className="sign-in">
      <h1>Wardcast</h1>
      <p>Tell every ward that a system is down, and see who has answered.</p>
      {wrong === null ? null : (
        <div className="problem" role="alert">
          <strong>Not signed in</strong>
          <p>{wrong}</p>
        </div>
      )}
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void check(typed.trim() || props.token);
        }}
      >
        <PasswordInput
          label="Access token"
          description="On the broker’s machine it is in the file admin.token in its data folder."
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          autoComplete="off"
          maxLength={500}
          visibilityToggleButtonProps={{
            'aria-label': 'Show or hide the token',
            'aria-hidden': false,
            tabIndex: 0,
          }}
        />
        <Button type="submit" loading={busy} disabled={typed.trim() === '' && props.token === ''}>
          {wrong !== null && typed.trim() === '' ? 'Try again' : 'Sign in'}
        </Button>
      </form>
    </main>
  );
}

async function whoAmI(
  browser: Browser,
  token: string,
): Promise<{ caller: string } | { wrong: string }> {
  try {
    const answer = await new ConsoleClient(browser, token, () => {}).call(
      AccessService.method.whoAmI,
      {},
    );
    return { caller: answer.caller ?? '' };
  } catch (error) {
    const problem = problemOf(error);
    switch (problem.case) {
      case 'signedOut':
        return { wrong: 'The broker does not know this token. Check that all of it was copied.' };
      case 'unreachable':
        return { wrong: `The broker at ${browser.origin} does not answer. Is it running?` };
      default:
        return { wrong: problemWords(problem) };
    }
  }
}
