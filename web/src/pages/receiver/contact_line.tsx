import type { Contact } from '../../live/connection.ts';
import type { StationView } from '../../live/station.ts';
import { clockWithSeconds } from '../../state/time/words.ts';

const words: Record<Contact['case'], string> = {
  live: 'Connected',
  starting: 'Connecting…',
  reconnecting: 'Connection lost, trying again…',
  lost: 'Not connected',
};

// The dot and its words. It never says more than is known.
export function ContactLine({ view, zone }: { view: StationView; zone: string }) {
  const waiting = [...view.outbox.values()].filter(
    ({ body, delivery }) =>
      body.case === 'press' && (delivery.case === 'waiting' || delivery.case === 'later'),
  ).length;
  return (
    <span className={`contact ${view.contact.case}`} data-testid="contact">
      <span className="dot" aria-hidden="true" />
      <span>
        <span role="status">{words[view.contact.case]}</span>
        {view.heardAt > 0 ? ` · last heard ${clockWithSeconds(view.heardAt, zone)}` : ''}
        {waiting > 0 ? ` · ${waiting} to be sent` : ''}
      </span>
    </span>
  );
}
