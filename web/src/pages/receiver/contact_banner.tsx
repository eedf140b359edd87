import type { StationView } from '../../live/station.ts';
import { clockWithSeconds, when } from '../../state/time/words.ts';
import type { Here } from '../here.ts';

// Says in words what a lost connection means, and what to do.
export function ContactBanner({ view, place }: { view: StationView; place: Here }) {
  if (view.contact.case !== 'lost') return view.diskBroken ? <DiskBanner /> : null;
  const today = when(view.heardAt, place.zone, view.now).includes(' ')
    ? when(view.heardAt, place.zone, view.now)
    : clockWithSeconds(view.heardAt, place.zone);
  const phone = [place.phone, place.phoneFallback].filter((each) => each !== '').join(' or ');
  return (
    <div className="banner" role="alert">
      <strong>
        {view.heardAt > 0 ? `No contact since ${today}.` : 'Wardcast cannot be reached.'}
      </strong>{' '}
      What is shown may be out of date, and new notices do not arrive. What you press is kept here
      and sent when the connection is back.
      {phone === '' ? '' : ` If in doubt, call ${phone}.`}
    </div>
  );
}

function DiskBanner() {
  return (
    <div className="banner" role="alert">
      <strong>This browser keeps nothing on disk.</strong> Leave this page open until every answer
      says “recorded”.
    </div>
  );
}
