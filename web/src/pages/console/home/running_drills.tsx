import { Link } from 'wouter';
import type { AlertJson } from '../../../gen/wardcast/v1/alert_pb.ts';
import { DrillRows } from '../drill/drill_rows.tsx';
import { useProgressOf } from '../open_alerts.ts';

// Drills on the wards now, apart from what is real.
export function RunningDrills({ drills }: { drills: readonly AlertJson[] }) {
  const progress = useProgressOf(drills.map(({ id }) => id ?? ''));
  if (drills.length === 0) return null;
  return (
    <section className="box" aria-label="Drills now">
      <div className="line">
        <h2>Drills now</h2>
        <Link className="push" href="/drill">
          All drills
        </Link>
      </div>
      <DrillRows drills={drills} progress={progress} />
    </section>
  );
}
