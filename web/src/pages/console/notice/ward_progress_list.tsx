import { useState } from 'react';
import type { AlertProgressJson, WardProgressJson } from '../../../gen/wardcast/v1/progress_pb.ts';
import { leftWords, standWords } from '../../../state/progress/progress_words.ts';
import { count } from '../../../state/words.ts';
import { WardPcs } from './ward_pcs.tsx';

interface Surroundings {
  alertId: string;
  zone: string;
  now: number;
}

// Every ward, worst first, with how many of its PCs showed the notice; press one for which have not.
export function WardProgressList(props: Surroundings & { progress: AlertProgressJson }) {
  const { progress, ...around } = props;
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
            <Row key={ward.wardId} ward={ward} {...around} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Row({ ward, ...around }: Surroundings & { ward: WardProgressJson }) {
  const [open, setOpen] = useState(false);
  const id = ward.wardId ?? '';
  const state = ward.state ?? 'UNSPECIFIED';
  const expected = ward.expected ?? 0;
  const displayed = ward.displayed ?? 0;
  const notConnected = expected - (ward.connected ?? 0);
  const left = leftWords(ward, around.now);
  return (
    <>
      <tr data-ward={id} data-state={state}>
        <th scope="row">
          <button
            type="button"
            className="fold"
            aria-expanded={open}
            onClick={() => setOpen(!open)}
          >
            {ward.name || id}
          </button>
        </th>
        <td>
          <span className={`state state-${state}`}>{standWords(ward, around.now)}</span>
          {left === '' ? null : <div className="dim">{left}</div>}
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
          {notConnected > 0 ? <span className="dim"> · {notConnected} not connected</span> : null}
        </td>
        <td>{ward.phone}</td>
      </tr>
      {open ? (
        <tr className="unfolded">
          <td colSpan={4}>
            <WardPcs wardId={id} {...around} />
          </td>
        </tr>
      ) : null}
    </>
  );
}
