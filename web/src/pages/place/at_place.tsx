import { type ReactNode, useSyncExternalStore } from 'react';
import type { Arrival } from '../../live/arrival.ts';
import type { Place } from '../../live/place.ts';
import type { Station } from '../../live/station.ts';
import { assertNever } from '../../state/assert_never.ts';
import { EnrolForm } from './enrol_form.tsx';

// A ward's page once this browser has its place; else what leads there.
export function AtPlace(props: {
  arrival: Arrival;
  // In plain text, where the address must name the endpoint.
  nameless: ReactNode;
  children: (station: Station, place: Place) => ReactNode;
}) {
  const { arrival } = props;
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
          <p role="status">Connecting…</p>
        </main>
      );
    case 'unreachable':
      return (
        <main className="choose">
          <h1>Wardcast cannot be reached</h1>
          <p role="alert">
            It is tried again every few seconds. If it stays so, call the help desk.
          </p>
        </main>
      );
    case 'revoked':
      return (
        <main className="choose">
          <h1>This browser is not enrolled any more</h1>
          <p role="alert">
            An administrator has taken back the place of {stand.endpointId || 'this PC'}, so that no
            notices arrive here. Call the help desk; with a new enrolment line this browser gets in
            again.
          </p>
          <button type="button" className="button" onClick={() => arrival.askToEnrol()}>
            Enrol again…
          </button>
        </main>
      );
    default:
      return assertNever(stand);
  }
}
