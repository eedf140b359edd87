import { Code, ConnectError } from '@connectrpc/connect';
import { Button } from '@mantine/core';
import { useState, useSyncExternalStore } from 'react';
import type { Confirmation } from '../../../api/confirmation.ts';
import type { ConsoleClient } from '../../../api/console_client.ts';
import { problemOf, problemWords } from '../../../api/problem.ts';
import { AccessService } from '../../../gen/wardcast/v1/access_service_pb.ts';
import { AskDialog } from '../dialog/ask_dialog.tsx';
import { CodeField } from './code_field.tsx';
import type { Caller } from './roles.ts';
import { SecretField } from './secret_field.tsx';

interface Asked {
  confirmation: Confirmation;
  client: ConsoleClient;
  caller: Caller;
}

// Opens when a call asks once more who somebody is; one for all pages.
export function ConfirmIdentity(props: Asked) {
  const asking = useSyncExternalStore(props.confirmation.watch, props.confirmation.asking);
  return asking ? <Question {...props} /> : null;
}

function Question({ confirmation, client, caller }: Asked) {
  const [byCode, setByCode] = useState(false);
  const [typed, setTyped] = useState('');
  const [busy, setBusy] = useState(false);
  const [wrong, setWrong] = useState<string | null>(null);
  const change = (to: boolean) => {
    setByCode(to);
    setTyped('');
  };
  const confirm = async () => {
    setBusy(true);
    setWrong(null);
    try {
      await client.once(
        AccessService.method.confirm,
        byCode ? { code: typed } : { password: typed },
      );
      confirmation.settle(true);
      return;
    } catch (error) {
      setTyped('');
      if (await isSignedOut(client, error)) {
        confirmation.settle(false);
        client.end();
        return;
      }
      const silent = ConnectError.from(error).code === Code.Unavailable && !byCode;
      if (silent && caller.hasSecondFactor) change(true);
      setWrong(confirmWords(error, silent && caller.hasSecondFactor));
    }
    setBusy(false);
  };
  return (
    <AskDialog title="Is it you?" leave={() => confirmation.settle(false)}>
      <p>
        This step reaches far, so it asks {caller.shown} once more. Then it goes on by itself, and
        for five minutes nothing is asked again.
      </p>
      {wrong === null ? null : (
        <p className="problem" role="alert">
          {wrong}
        </p>
      )}
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void confirm();
        }}
      >
        {byCode ? (
          <CodeField
            key="code"
            label="Code of your authenticator"
            description="Six digits, not used before; a new one every 30 seconds."
            value={typed}
            change={setTyped}
            focus
          />
        ) : (
          <SecretField
            key="password"
            label="Password"
            value={typed}
            change={setTyped}
            autoComplete="current-password"
            maxLength={200}
            focus
          />
        )}
        <div className="buttons">
          <Button
            type="submit"
            loading={busy}
            disabled={byCode ? typed.length !== 6 : typed === ''}
          >
            Confirm
          </Button>
          <Button variant="default" onClick={() => confirmation.settle(false)}>
            Cancel
          </Button>
          {caller.hasSecondFactor ? (
            <Button
              variant="transparent"
              onClick={() => {
                setWrong(null);
                change(!byCode);
              }}
            >
              {byCode ? 'Use the password' : 'Use a code instead'}
            </Button>
          ) : null}
        </div>
      </form>
    </AskDialog>
  );
}

// A wrong password and a session that has ended are refused alike: only the second also concerns
// everything else.
async function isSignedOut(client: ConsoleClient, error: unknown): Promise<boolean> {
  if (problemOf(error).case !== 'signedOut') return false;
  try {
    await client.once(AccessService.method.whoAmI, {});
    return false;
  } catch (other) {
    return problemOf(other).case === 'signedOut';
  }
}

function confirmWords(error: unknown, toCode: boolean): string {
  if (toCode) {
    return 'The password cannot be checked now: what knows it does not answer. Type a code of your authenticator instead.';
  }
  const problem = problemOf(error);
  switch (problem.case) {
    case 'signedOut':
      return 'That is not right. After a few tries the broker waits longer each time.';
    case 'unreachable':
      return 'Nobody answers who could check it. What you typed is kept; try again.';
    default:
      return problemWords(problem);
  }
}
