import type { AlertProgressJson, WardProgressJson } from '../../../gen/wardcast/v1/progress_pb.ts';
import { standWords } from '../../../state/progress/progress_words.ts';
import { count } from '../../../state/words.ts';

// Every ward, worst first, with how many of its PCs showed the notice.
export function WardProgressList(props: { progress: AlertProgressJson; now: number }) {
  const { progress, now } = props;
  const wards = progress.byWard ?? [];
  return (
    <section className="box" aria-label="Wards">
      <h2>{count(wards.length, 'ward', 'wards')}</h2>
      <table className="wards">
        <thead>
          <tr>
            <th scope="col">Ward</th>
            <th scope="col">Where it stands</th>
            <th scope="col">PCs that showed it</th>
            <th scope="col">Phone</th>
          </tr>
        </thead>
        <tbody>
          {wards.map((ward) => (
            <Row key={ward.wardId} ward={ward} now={now} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Row({ ward, now }: { ward: WardProgressJson; now: number }) {
  const state = ward.state ?? 'UNSPECIFIED';
  const expected = ward.expected ?? 0;
  const displayed = ward.displayed ?? 0;
  const off = expected - (ward.connected ?? 0);
  return (
    <tr data-ward={ward.wardId} data-state={state}>
      <th scope="row">{ward.name || ward.wardId}</th>
      <td>
        <span className={`state state-${state}`}>{standWords(ward, now)}</span>
      </td>
      <td>
        <svg className="mini" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">
          <rect className="mini-ground" width="100" height="4" />
          <rect
            className="fill-ACKNOWLEDGED"
            width={expected === 0 ? 0 : (displayed / expected) * 100}
            height="4"
          />
        </svg>
        {displayed} of {expected}
        {off > 0 ? <span className="dim"> · {off} not connected</span> : null}
      </td>
      <td>{ward.phone}</td>
    </tr>
  );
}
