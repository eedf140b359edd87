import { type ReactNode, useSyncExternalStore } from 'react';
import type { Arrival } from '../../live/arrival.ts';
import type { Place } from '../../live/place.ts';
import type { Station } from '../../live/station.ts';
import { assertNever } from '../../state/assert_never.ts';
import { useSay } from '../../ui/language.tsx';
import { EnrolForm } from './enrol_form.tsx';

// A ward's page once this browser has its place; else what leads there.
export function AtPlace(props: {
  arrival: Arrival;
  // In plain text, where the address must name the endpoint.
  nameless: ReactNode;
  children: (station: Station, place: Place) => ReactNode;
}) {
  const { arrival } = props;
  const say = useSay();
  const stand = useSyncExternalStore(arrival.subscribe, arrival.snapshot);
  switch (stand.case) {
    case 'here':
      return props.children(stand.station, stand.place);
    case 'nameless':
      return props.nameless;
    case 'form':
      return <EnrolForm key={stand.endpointId} arrival={arrival} stand={stand} />;
    case 'looking':
      return (
        <main className="choose">
          <p role="status">{say('connecting')}</p>
        </main>
      );
    case 'unreachable':
      return (
        <main className="choose">
          <h1>{say('unreachableTitle')}</h1>
          <p role="alert">{say('unreachableWhy')}</p>
        </main>
      );
    case 'revoked':
      return (
        <main className="choose">
          <h1>{say('revokedTitle')}</h1>
          <p role="alert">{say('revokedWhy', { name: stand.endpointId || say('thisPcInText') })}</p>
          <button type="button" className="button" onClick={() => arrival.askToEnrol()}>
            {say('enrolAgain')}
          </button>
        </main>
      );
    default:
      return assertNever(stand);
  }
}
