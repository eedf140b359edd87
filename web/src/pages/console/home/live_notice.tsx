import { Link } from 'wouter';
import type { AlertJson } from '../../../gen/wardcast/v1/alert_pb.ts';
import type { AlertProgressJson } from '../../../gen/wardcast/v1/progress_pb.ts';
import { inEnglish } from '../../../state/language/words.ts';
import { inZones, zonesRead } from '../../../state/life/in_zones.ts';
import { missedWords } from '../../../state/life/missed.ts';
import { nextUpdateFact, startFact } from '../../../state/time/notice_times.ts';
import { phaseWord } from '../../../state/words.ts';
import { useNow } from '../console_context.ts';
import { useDirectory } from '../directory.ts';
import { ProgressBar } from '../progress_bar.tsx';
import { ProgressLine } from '../progress_line.tsx';
import { SeverityTag } from '../severity_tag.tsx';

export function LiveNotice(props: { alert: AlertJson; progress: AlertProgressJson | undefined }) {
  const { alert, progress } = props;
  const now = useNow();
  const zone = alert.publishedAt?.zone || alert.zone || 'UTC';
  const siteIds = [...new Set((progress?.byWard ?? []).map(({ siteId }) => siteId))];
  const directory = useDirectory(siteIds.length > 1);
  const sayTime = inZones(zonesRead(zone, siteIds, directory.data?.sites ?? []));
  const start = startFact(alert, zone, now, inEnglish, sayTime);
  const next = nextUpdateFact(alert, zone, now, inEnglish, sayTime);
  return (
    <article className="live-notice">
      <div className="line">
        <SeverityTag alert={alert} />
        <span className="dim">{phaseWord[alert.phase ?? 'UNSPECIFIED']}</span>
        <span className="dim push">
          {start === null ? '' : `${start.label} ${start.value} (${start.aside})`}
        </span>
        {next === null ? null : (
          <span className={next.late ? 'late-word' : 'dim'}>
            {next.label}
            {next.late ? ': ' : ' '}
            {next.value}
          </span>
        )}
      </div>
      <h2 dir="auto">
        <Link href={`/notice/${alert.id}`}>{alert.headline}</Link>
      </h2>
      <p className="dim flush" dir="auto">
        {(alert.serviceNames ?? []).join(' · ')}
      </p>
      {missedWords(alert) === '' ? null : <p className="late-word flush">{missedWords(alert)}</p>}
      {progress === undefined ? null : (
        <>
          <ProgressBar progress={progress} />
          <p className="flush">
            <ProgressLine alert={alert} progress={progress} />
          </p>
        </>
      )}
    </article>
  );
}
