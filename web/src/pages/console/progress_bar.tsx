import { useId } from 'react';
import type { AlertProgressJson, WardState_ValueJson } from '../../gen/wardcast/v1/progress_pb.ts';
import { wardStateWord } from '../../state/words.ts';

// Best first, so that the bar fills from the left.
const order: WardState_ValueJson[] = [
  'ACKNOWLEDGED',
  'SEEN',
  'DISPLAYED',
  'HELP',
  'DARK',
  'CLOSED',
];

// How wards stand, told apart by pattern as well as by shade; `legend` says the same in words.
export function ProgressBar(props: { progress: AlertProgressJson; legend?: boolean }) {
  const id = useId();
  const wards = props.progress.byWard ?? [];
  const parts = order
    .map((state) => ({ state, wards: wards.filter((ward) => ward.state === state).length }))
    .filter((part) => part.wards > 0);
  let x = 0;
  const placed = parts.map((part) => {
    const width = (part.wards / wards.length) * 100;
    x += width;
    return { ...part, x: x - width, width };
  });
  return (
    <>
      <svg
        className="progress-bar"
        viewBox="0 0 100 4"
        preserveAspectRatio="none"
        aria-hidden="true"
      >
        <Patterns id={id} />
        {placed.map((part) => (
          <rect
            key={part.state}
            {...paint(part.state, id)}
            x={part.x}
            y="0"
            width={part.width}
            height="4"
          />
        ))}
      </svg>
      {props.legend ? (
        <ul className="legend" aria-label="Wards by state">
          {placed.map((part) => (
            <li key={part.state}>
              <svg viewBox="0 0 2.4 4" preserveAspectRatio="none" aria-hidden="true">
                <rect {...paint(part.state, id)} width="2.4" height="4" />
              </svg>
              {part.wards} {wardStateWord[part.state].toLowerCase()}
            </li>
          ))}
        </ul>
      ) : null}
    </>
  );
}

function paint(state: WardState_ValueJson, id: string) {
  if (state === 'SEEN') return { fill: `url(#${id}seen)` };
  if (state === 'DISPLAYED') return { fill: `url(#${id}displayed)` };
  return { className: `fill-${state}` };
}

function Patterns({ id }: { id: string }) {
  const stripes = { SEEN: 0.6, DISPLAYED: 0.2 };
  return (
    <defs>
      {Object.entries(stripes).map(([state, width]) => (
        <pattern
          key={state}
          id={`${id}${state.toLowerCase()}`}
          width="1.2"
          height="4"
          patternUnits="userSpaceOnUse"
        >
          <rect width="1.2" height="4" className="stripe-ground" />
          <rect width={width} height="4" className="stripe" />
        </pattern>
      ))}
    </defs>
  );
}
