import type { AlertJson } from '../../../gen/wardcast/v1/alert_pb.ts';
import { withTextsOf } from '../../../state/publish/fill.ts';
import { reachWords } from '../../../state/publish/reach_words.ts';
import type { Directory } from '../directory.ts';
import { Preview } from '../new_notice/preview.tsx';
import { useReachOf } from './reach_of.ts';

// What wards do not see yet: how it will look, and whom it would reach now.
export function NotOut(props: {
  alert: AlertJson;
  directory: Directory | undefined;
  zone: string;
  now: number;
}) {
  const { alert, directory, zone, now } = props;
  const foreseen = useReachOf(alert);
  const names = new Map((directory?.services ?? []).map(({ id, name }) => [id ?? '', name ?? '']));
  return (
    <div className="two">
      <Preview
        alert={foreseen?.filled === undefined ? alert : withTextsOf(alert, foreseen.filled)}
        services={alert.services ?? []}
        serviceNames={names}
        zone={zone}
        now={now}
        sites={directory?.sites ?? []}
      />
      <section className="box" aria-label="Whom it reaches">
        <h2>Whom it reaches</h2>
        <p className="flush">
          {foreseen === undefined ? 'Not known yet.' : `Now ${reachWords(foreseen.reach ?? {})}.`}
        </p>
      </section>
    </div>
  );
}
