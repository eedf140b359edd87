import type { StationView } from '../../../live/station.ts';
import { clockWithSeconds, when } from '../../../state/time/words.ts';
import { useSay, useSpoken } from '../../../ui/language.tsx';
import type { Here } from '../../here.ts';

// Says in words what a lost connection means, and what to do.
export function ContactBanner({ view, place }: { view: StationView; place: Here }) {
  const say = useSay();
  const spoken = useSpoken();
  if (view.contact.case !== 'lost') return view.diskBroken ? <DiskBanner /> : null;
  const since = when(view.heardAt, place.zone, view.now, false, spoken);
  const time = since.includes(' ') ? since : clockWithSeconds(view.heardAt, place.zone);
  const [first = '', other = ''] = [place.phone, place.phoneFallback].filter((each) => each !== '');
  const phone = other === '' ? first : `${first} ${say('orOther', { other })}`;
  return (
    <div className="banner" role="alert">
      <strong>{view.heardAt > 0 ? say('pageNoContact', { time }) : say('notReached')}</strong>{' '}
      {say('whatLostMeans')}
      {phone === '' ? '' : ` ${say('ifInDoubt', { phone })}`}
    </div>
  );
}

function DiskBanner() {
  const say = useSay();
  return (
    <div className="banner" role="alert">
      <strong>{say('keepsNothing')}</strong> {say('leaveOpen')}
    </div>
  );
}
