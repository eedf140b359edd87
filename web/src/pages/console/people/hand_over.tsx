import { useConsole } from '../console_context.ts';
import { CopyText } from '../pieces/copy_text.tsx';

// A one-time link, shown this once: the broker keeps only its fingerprint.
export function HandOver(props: {
  account: string;
  // Path and fragment.
  link: string;
  // "until Wed 14:07"
  lasts: string;
}) {
  const { browser } = useConsole();
  return (
    <section className="good-note stack" aria-label="One-time link">
      <p className="flush">
        <strong>Give this link to {props.account} yourself.</strong> Whoever opens it first sets the
        password. It works once, {props.lasts}, and is not shown again.
      </p>
      <CopyText label={`One-time link for ${props.account}`} text={browser.origin + props.link} />
    </section>
  );
}
