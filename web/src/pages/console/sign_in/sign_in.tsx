import { Button } from '@mantine/core';
import { useState } from 'react';
import type { Credential } from '../../../api/credential.ts';
import { problemWords } from '../../../api/problem.ts';
import type { Browser } from '../../../browser.ts';
import type { WhoAmIResponseJson } from '../../../gen/wardcast/v1/access_service_pb.ts';
import { AccountForm } from './account_form.tsx';
import { FormPage } from './form_page.tsx';
import { TokenForm } from './token_form.tsx';

// Who are you: an account and its password, or a token.
export function SignIn(props: {
  browser: Browser;
  // From the address or this tab's session.
  token: string;
  byToken: boolean;
  expired: boolean;
  // What the page before has to say, for example that the password is set.
  notice: string | null;
  // Who signs in, as far as it is known.
  account: string;
  signedIn: (credential: Credential, who: WhoAmIResponseJson) => void;
}) {
  const [byToken, setByToken] = useState(props.byToken);
  const [wrong, setWrong] = useState<string | null>(
    props.expired ? problemWords({ case: 'signedOut' }) : null,
  );
  return (
    <FormPage
      title="Wardcast"
      intro={props.notice ?? 'Tell every ward that a system is down, and see who has answered.'}
      wrong={wrong === null ? null : { title: 'Not signed in', words: wrong }}
    >
      {byToken ? (
        <TokenForm {...props} wrong={setWrong} />
      ) : (
        <AccountForm {...props} wrong={setWrong} />
      )}
      <Button
        variant="subtle"
        size="xs"
        onClick={() => {
          setWrong(null);
          setByToken(!byToken);
        }}
      >
        {byToken ? 'Use an account' : 'Use an access token'}
      </Button>
    </FormPage>
  );
}
