import { capital } from '../../../state/words.ts';
import { useHealth } from '../health.ts';

// What works all the same, but the administrator has to know, as cloned endpoint ids.
export function Remarks() {
  const parts = useHealth().data?.parts ?? [];
  const remarks = parts.flatMap(({ ok, detail }) => (ok && detail ? [capital(detail)] : []));
  if (remarks.length === 0) return null;
  return (
    <section className="box" aria-label="For the administrator">
      <h2>For the administrator</h2>
      {remarks.map((remark) => (
        <p key={remark} className="flush">
          {remark}.
        </p>
      ))}
    </section>
  );
}
