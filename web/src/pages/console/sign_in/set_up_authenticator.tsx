import { Button, Loader } from '@mantine/core';
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import type { ConsoleClient } from '../../../api/console_client.ts';
import { problemOf, problemWords } from '../../../api/problem.ts';
import {
  AccessService,
  type BeginTotpResponseJson,
} from '../../../gen/wardcast/v1/access_service_pb.ts';
import { CodeField } from './code_field.tsx';
import { FormPage } from './form_page.tsx';

const QrCode = lazy(async () => ({ default: (await import('./qr_code.tsx')).QrCode }));

// Administrators, approvers and publishers set up an authenticator before anything else.
export function SetUpAuthenticator(props: {
  client: ConsoleClient;
  done: () => void;
  signOut: () => void;
}) {
  const { client } = props;
  const [begun, setBegun] = useState<BeginTotpResponseJson | null>(null);
  const [code, setCode] = useState('');
  const [busy, setBusy] = useState(false);
  const [wrong, setWrong] = useState<string | null>(null);
  const asked = useRef(false);
  useEffect(() => {
    if (asked.current) return;
    asked.current = true;
    client
      .call(AccessService.method.beginTotp, {})
      .then(setBegun, (error) => setWrong(problemWords(problemOf(error))));
  }, [client]);
  const confirm = async () => {
    setBusy(true);
    setWrong(null);
    try {
      await client.call(AccessService.method.confirmTotp, { code });
      props.done();
    } catch (error) {
      const problem = problemOf(error);
      setWrong(
        problem.case === 'fields' && problem.violations[0] !== undefined
          ? `The code ${problem.violations[0].description}.`
          : problemWords(problem),
      );
      setCode('');
      setBusy(false);
    }
  };
  return (
    <FormPage
      title="Set up your authenticator"
      intro="Your role can alarm or change the whole hospital, so it signs in with a second factor. Scan this with an authenticator app, then type the six digits that it shows."
      wrong={wrong === null ? null : { title: 'Not set up yet', words: wrong }}
    >
      {begun === null ? (
        wrong === null ? (
          <Loader className="late" aria-label="Loading" />
        ) : null
      ) : (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            void confirm();
          }}
        >
          <div className="enrol">
            <Suspense fallback={<div className="qr" />}>
              <QrCode text={begun.uri ?? ''} label="QR code for an authenticator app" />
            </Suspense>
            <p>
              No camera? Type this key, time-based, six digits:
              <code className="key">{(begun.secret ?? '').replace(/(.{4})/g, '$1 ').trim()}</code>
            </p>
          </div>
          <CodeField
            label="Code that the app shows now"
            description="Six digits."
            value={code}
            change={setCode}
          />
          <Button type="submit" loading={busy} disabled={code.length !== 6}>
            Confirm
          </Button>
        </form>
      )}
      <Button variant="subtle" size="xs" onClick={props.signOut}>
        Sign out
      </Button>
    </FormPage>
  );
}
