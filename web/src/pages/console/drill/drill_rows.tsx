import './drill.css';
import { Link } from 'wouter';
import type { AlertJson } from '../../../gen/wardcast/v1/alert_pb.ts';
import type { AlertProgressJson } from '../../../gen/wardcast/v1/progress_pb.ts';
import { drillStanding } from '../../../state/drill/drills.ts';
import { drillResult, realProblemWords, resultWords } from '../../../state/drill/result.ts';
import { inList } from '../../../state/life/in_zones.ts';
import type { SayTime } from '../../../state/time/words.ts';
import { useNow } from '../console_context.ts';
import { useDirectory } from '../directory.ts';
import { SeverityTag } from '../severity_tag.tsx';

// Drills, one line each, with how their wards did as far as that is known.
export function DrillRows(props: {
  drills: readonly AlertJson[];
  progress: ReadonlyMap<string, AlertProgressJson>;
}) {
  const now = useNow(5_000);
  const sayTime = inList(useDirectory().data?.sites ?? []);
  return (
    <ul className="plain drill-rows">
      {props.drills.map((drill) => (
        <Row
          key={drill.id}
          drill={drill}
          progress={props.progress.get(drill.id ?? '')}
          now={now}
          sayTime={sayTime}
        />
      ))}
    </ul>
  );
}

function Row(props: {
  drill: AlertJson;
  progress: AlertProgressJson | undefined;
  now: number;
  sayTime: SayTime;
}) {
  const { drill, progress, now } = props;
  const zone = drill.publishedAt?.zone || drill.zone || 'UTC';
  const result = progress === undefined ? null : drillResult(drill, progress);
  const real = realProblemWords(result?.realProblems ?? 0);
  return (
    <li data-drill={drill.id} data-state={drill.state}>
      <div className="what">
        <span className="line">
          <SeverityTag alert={drill} />
          <strong dir="auto">
            <Link href={drill.state === 'DRAFT' ? `/draft/${drill.id}` : `/drill/${drill.id}`}>
              {drill.headline || 'Without a headline'}
            </Link>
          </strong>
        </span>
        <span className="dim" dir="auto">
          {(drill.serviceNames ?? []).join(' · ')}
        </span>
      </div>
      <div className="when">
        <span>{drillStanding(drill, zone, now, props.sayTime)}</span>
        {result === null || result.wards === 0 ? null : (
          <span className="dim">{resultWords(result)}</span>
        )}
        {real === '' ? null : <strong className="late-word">{real}</strong>}
      </div>
    </li>
  );
}
