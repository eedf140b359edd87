import type { AlertJson } from '../../gen/wardcast/v1/alert_pb.ts';
import { isDrill } from '../../state/drill/drills.ts';
import { useSay } from '../language.tsx';

// Puts "EXERCISE" before and after a text of a drill; leaves others as they are.
export function useMarked(alert: AlertJson): (text: string) => string {
  const say = useSay();
  return (text) =>
    isDrill(alert) && text !== '' ? `${say('exercise')} · ${text} · ${say('exercise')}` : text;
}

// "EXERCISE" above and below a block of lists.
export function ExerciseLine({ alert }: { alert: AlertJson }) {
  const say = useSay();
  return isDrill(alert) ? <p className="exercise-line">{say('exercise')}</p> : null;
}
