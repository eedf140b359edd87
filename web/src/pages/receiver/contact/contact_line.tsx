import type { Contact } from '../../../live/connection.ts';
import type { StationView } from '../../../live/station.ts';
import type { Key } from '../../../state/language/words.ts';
import { clockWithSeconds } from '../../../state/time/words.ts';
import { useSay } from '../../../ui/language.tsx';

const words: Record<Contact['case'], Key> = {
  live: 'contactLive',
  starting: 'connecting',
  reconnecting: 'contactAgain',
  lost: 'contactLost',
};

// The dot and its words. It never says more than is known.
export function ContactLine({ view, zone }: { view: StationView; zone: string }) {
  const say = useSay();
  const waiting = [...view.outbox.values()].filter(
    ({ body, delivery }) =>
      body.case === 'press' && (delivery.case === 'waiting' || delivery.case === 'later'),
  ).length;
  return (
    <span className={`contact ${view.contact.case}`} data-testid="contact">
      <span className="dot" aria-hidden="true" />
      <span>
        <span role="status">{say(words[view.contact.case])}</span>
        {view.heardAt > 0
          ? ` · ${say('lastHeard', { time: clockWithSeconds(view.heardAt, zone) })}`
          : ''}
        {waiting > 0 ? ` · ${say('toBeSent', { count: String(waiting) })}` : ''}
      </span>
    </span>
  );
}
