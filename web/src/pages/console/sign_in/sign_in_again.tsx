import { Button } from '@mantine/core';
import { useState } from 'react';
import type { Credential } from '../../../api/credential.ts';
import { problemWords } from '../../../api/problem.ts';
import type { Browser } from '../../../browser.ts';
import type { WhoAmIResponseJson } from '../../../gen/wardcast/v1/access_service_pb.ts';
import { AskDialog } from '../dialog/ask_dialog.tsx';
import { AccountForm } from './account_form.tsx';
import './sign_in.css';

// The session has ended while somebody works: covers the page, which stays as it is below.
export function SignInAgain(props: {
  browser: Browser;
  account: string;
  signedIn: (credential: Credential, who: WhoAmIResponseJson) => void;
  // Gives up what stands below.
  leave: () => void;
}) {
  const [wrong, setWrong] = useState<string | null>(problemWords({ case: 'signedOut' }));
  return (
    <AskDialog title="Wardcast">
      <div className="sign-in">
        {wrong === null ? null : (
          <div className="problem" role="alert">
            <strong>Not signed in</strong>
            <p>{wrong}</p>
          </div>
        )}
        <AccountForm
          browser={props.browser}
          account={props.account}
          signedIn={props.signedIn}
          wrong={setWrong}
        />
        <Button variant="subtle" size="xs" onClick={props.leave}>
          Leave what I was doing
        </Button>
      </div>
    </AskDialog>
  );
}
