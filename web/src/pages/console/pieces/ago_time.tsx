import { ago } from '../../../state/access/ago.ts';
import { when } from '../../../state/time/words.ts';

// How long ago something was; the hospital's time stands behind it.
export function Ago(props: { at: string | undefined; never: string; zone: string; now: number }) {
  const ms = Date.parse(props.at ?? '');
  if (Number.isNaN(ms)) return <span className="dim">{props.never}</span>;
  return (
    <time dateTime={props.at} title={when(ms, props.zone, props.now, true)}>
      {ago(props.now - ms)}
    </time>
  );
}
