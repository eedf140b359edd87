import { problemOf } from '../../api/problem.ts';
import { useHealth } from './health.ts';

// Whether the broker answers and is well; in words, and nothing when all is well but a dot.
export function BrokerState() {
  const health = useHealth();
  const sick = (health.data?.parts ?? []).filter((part) => !(part.ok ?? false));
  // Somebody who is signed out is told so elsewhere.
  if (health.isError && problemOf(health.error).case !== 'signedOut') {
    return (
      <span className="broker bad" role="alert">
        <span className="dot" aria-hidden="true" />
        The broker does not answer. What you see may be out of date.
      </span>
    );
  }
  if (health.data === undefined) return <span className="broker" />;
  if (sick.length > 0 || health.data.draining) {
    return (
      <span className="broker bad" role="alert">
        <span className="dot" aria-hidden="true" />
        {health.data.draining
          ? 'The broker is stopping.'
          : `Broker: ${sick.map((part) => part.detail || `${part.part} does not work`).join(' ')}`}
      </span>
    );
  }
  const endpoints = health.data.endpoints ?? 0;
  return (
    <span className="broker" role="status">
      <span className="dot" aria-hidden="true" />
      {endpoints === 1 ? '1 PC connected' : `${endpoints} PCs connected`}
    </span>
  );
}
