import type { AlertJson, InstructionJson } from '../../gen/wardcast/v1/alert_pb.ts';
import { isPlan } from '../../state/time/notice_times.ts';
import { capital } from '../../state/words.ts';
import { useSay } from '../language.tsx';

// What to do, what not to do, what still works. "Before" stands only while there is a before, and
// "after" once the end is near.
export function InstructionLists({ alert }: { alert: AlertJson }) {
  const say = useSay();
  const steps = alert.instructions ?? [];
  const ahead = isPlan(alert);
  const over =
    alert.state === 'RECOVERING' || alert.state === 'CLOSED' || alert.kind === 'INFORMATION';
  return (
    <div className="lists">
      {ahead ? <Steps title={say('before')} steps={of(steps, 'BEFORE')} /> : null}
      <Steps title={say(ahead ? 'during' : 'doNow')} steps={of(steps, 'DURING')} />
      {over ? <Steps title={say('afterwards')} steps={of(steps, 'AFTER')} /> : null}
      <Steps title={say('doNot')} steps={of(steps, 'DO_NOT')} className="do-not" />
      {alert.kind === 'INFORMATION' && (alert.backEntry ?? []).length > 0 ? (
        <section>
          <h3>{say('enterAgain')}</h3>
          <ul>
            {(alert.backEntry ?? []).map((item) => (
              <li key={item}>{item}</li>
            ))}
          </ul>
        </section>
      ) : null}
      {(alert.stillWorks ?? []).length === 0 ? null : (
        <section className="works">
          <h3>{say('stillWorking')}</h3>
          <ul>
            {(alert.stillWorks ?? []).map((item) => (
              <li key={item}>{item}</li>
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}

type When = 'BEFORE' | 'DURING' | 'AFTER' | 'DO_NOT';

function of(steps: readonly InstructionJson[], when: When): InstructionJson[] {
  return steps.filter((step) => {
    const own = step.when === undefined || step.when === 'UNSPECIFIED' ? 'DURING' : step.when;
    return own === when && (step.text ?? '') !== '';
  });
}

function Steps(props: { title: string; steps: InstructionJson[]; className?: string }) {
  if (props.steps.length === 0) return null;
  const ordered = props.className === undefined && props.steps.length > 1;
  const items = props.steps.map((step) => (
    <li key={`${step.role ?? ''}${step.text}`}>
      {(step.role ?? '') === '' ? null : <span className="role">{capital(step.role ?? '')}: </span>}
      {step.text}
    </li>
  ));
  return (
    <section className={props.className}>
      <h3>{props.title}</h3>
      {ordered ? <ol>{items}</ol> : <ul>{items}</ul>}
    </section>
  );
}
