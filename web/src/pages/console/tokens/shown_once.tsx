import { Button } from '@mantine/core';
import { Link } from 'wouter';
import { curlExamples } from '../../../state/access/curl_example.ts';
import { useConsole } from '../console_context.ts';
import { CopyText } from '../pieces/copy_text.tsx';

// The secret of a new token, and how it is used. The broker keeps only its fingerprint.
export function ShownOnce(props: { name: string; secret: string; publishes: boolean }) {
  const { browser } = useConsole();
  const { check, publish } = curlExamples(browser.origin, props.secret, props.publishes);
  return (
    <>
      <h1>The token {props.name} is made</h1>
      <section className="good-note stack" aria-label="Secret of the token">
        <p className="flush">
          <strong>Copy the secret now: it is not shown again.</strong> Put it where only the machine
          reads it, not into a ticket or a mail. If it is lost or seen by somebody, revoke the token
          and make another.
        </p>
        <CopyText label="Secret" text={props.secret} />
      </section>
      <section className="box stack" aria-label="Examples">
        <h2>Try it</h2>
        <CopyText label="Does it work, and what may it do?" text={check} rows={4} />
        {publish === null ? null : (
          <CopyText
            label="Send a notice (this one is REAL for the wards that use the service)"
            text={publish}
            rows={3}
          />
        )}
        {browser.origin.startsWith('https:') ? (
          <p className="dim flush">
            ca.pem is the certificate of the broker’s authority, DATA_DIR/tls/ca.pem on its machine;
            with the hospital’s own certificate leave --cacert away.
          </p>
        ) : null}
      </section>
      <div className="buttons">
        <Button component={Link} href="/tokens">
          I have copied it
        </Button>
      </div>
    </>
  );
}
