import type { AlertProgressJson } from '../../gen/wardcast/v1/progress_pb.ts';

// How wards stand, told apart by pattern as well as by shade; the words beside it say the same.
export function ProgressBar({ progress }: { progress: AlertProgressJson }) {
  const wards = progress.byWard ?? [];
  const share = (states: readonly string[]) =>
    wards.filter((ward) => states.includes(ward.state ?? '')).length;
  const parts: [string, number][] = [
    ['acknowledged', share(['ACKNOWLEDGED'])],
    ['seen', share(['SEEN'])],
    ['displayed', share(['DISPLAYED'])],
    ['help', share(['HELP'])],
    ['dark', share(['DARK', 'UNSPECIFIED'])],
  ];
  return (
    <svg className="progress-bar" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">
      <Patterns />
      {place(parts, wards.length).map(({ name, x, width }) => (
        <rect key={name} className={name} x={x} y="0" width={width} height="4" />
      ))}
    </svg>
  );
}

function place(parts: readonly [string, number][], total: number) {
  let x = 0;
  return parts
    .filter(([, part]) => part > 0)
    .map(([name, part]) => {
      const width = (part / total) * 100;
      const placed = { name, x, width };
      x += width;
      return placed;
    });
}

function Patterns() {
  return (
    <defs>
      <pattern id="stripes" width="1.2" height="4" patternUnits="userSpaceOnUse">
        <rect width="1.2" height="4" className="stripe-ground" />
        <rect width="0.5" height="4" className="stripe" />
      </pattern>
      <pattern id="thin" width="1.2" height="4" patternUnits="userSpaceOnUse">
        <rect width="1.2" height="4" className="stripe-ground" />
        <rect width="0.2" height="4" className="stripe" />
      </pattern>
    </defs>
  );
}
