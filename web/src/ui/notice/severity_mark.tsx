import type { Severity_ValueJson } from '../../gen/wardcast/v1/alert_pb.ts';

// A shape of its own for each severity, so that colour is never alone: circle, triangle, diamond,
// octagon. Decoration: the word stands beside it.
export function SeverityMark({ severity }: { severity: Severity_ValueJson }) {
  return (
    <svg className="mark" viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <g fill="none" stroke="currentColor" strokeWidth="2.6" strokeLinejoin="round">
        <path d={outline[severity]} />
      </g>
      <g fill="currentColor">
        {severity === 'MINOR' ? (
          <>
            <circle cx="16" cy="9.8" r="2" />
            <rect x="14.3" y="13.8" width="3.4" height="9.8" rx="1.2" />
          </>
        ) : (
          <>
            <rect
              x="14.3"
              y={severity === 'EXTREME' ? 7.6 : 9.6}
              width="3.4"
              height="9.4"
              rx="1.2"
            />
            <circle cx="16" cy={severity === 'EXTREME' ? 22 : 23} r="2.1" />
          </>
        )}
      </g>
    </svg>
  );
}

const triangle = 'M16 3.5 L30 28 H2 Z';
const outline: Record<Severity_ValueJson, string> = {
  MINOR: 'M16 3 A13 13 0 1 1 15.99 3 Z',
  MODERATE: triangle,
  UNSPECIFIED: triangle,
  SEVERE: 'M16 1.8 L30.2 16 L16 30.2 L1.8 16 Z',
  EXTREME: 'M10.6 3 H21.4 L29 10.6 V21.4 L21.4 29 H10.6 L3 21.4 V10.6 Z',
};
