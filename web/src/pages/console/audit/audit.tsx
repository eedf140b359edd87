import '../pieces/pieces.css';
import './audit.css';
import { Button, Loader } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { Link, useLocation } from 'wouter';
import { AuditService } from '../../../gen/wardcast/v1/audit_service_pb.ts';
import { auditCsv } from '../../../state/access/audit_csv.ts';
import {
  auditFilterOf,
  auditLimit,
  auditPath,
  auditRequest,
  matching,
  olderThan,
} from '../../../state/access/audit_filter.ts';
import { utcWords } from '../../../state/access/audit_words.ts';
import { count } from '../../../state/words.ts';
import { useConsole, useNow } from '../console_context.ts';
import { useDirectory } from '../directory.ts';
import { rowsAtOnce, ShowMore } from '../pieces/show_more.tsx';
import { ProblemNote } from '../problem_note.tsx';
import { AuditFilters } from './audit_filters.tsx';
import { AuditTable } from './audit_table.tsx';

// Who did what, newest first. The filter and the page stand in the address.
export function Audit() {
  const { browser, client } = useConsole();
  const [at, go] = useLocation();
  const now = useNow(60_000);
  const directory = useDirectory();
  const filter = auditFilterOf(browser.fragment());
  const [more, setMore] = useState({ at, rows: rowsAtOnce });
  const limit = more.at === at ? more.rows : rowsAtOnce;
  const events = useQuery({
    queryKey: ['audit', auditRequest(filter)],
    staleTime: 10_000,
    refetchOnWindowFocus: false,
    queryFn: async () => ({
      events:
        (await client.call(AuditService.method.listEvents, auditRequest(filter))).events ?? [],
    }),
  });
  const read = events.data?.events ?? [];
  const found = matching(read, filter.what);
  const shown = found.slice(0, limit);
  const older = olderThan(read, filter);
  const zone = directory.data?.sites[0]?.zone ?? 'UTC';
  const head = useRef<HTMLHeadingElement>(null);
  const { before } = filter;
  useEffect(() => {
    // The next page is read from its top.
    if (before !== '') head.current?.scrollIntoView();
  }, [before]);
  const save = () =>
    browser.saveFile(
      `wardcast-audit-${utcWords(new Date(now).toISOString()).replaceAll(/[ :]/g, '-')}.csv`,
      'text/csv;charset=utf-8',
      auditCsv(shown),
    );
  return (
    <>
      <div className="line">
        <h1 ref={head}>Audit trail</h1>
        <span className="push" />
        <Button
          variant="default"
          loading={events.isFetching && events.data !== undefined}
          onClick={() => void events.refetch()}
        >
          Read again
        </Button>
        <Button variant="default" disabled={shown.length === 0} onClick={save}>
          Save what is shown as CSV
        </Button>
      </div>
      <AuditFilters filter={filter} go={(next) => go(auditPath(next))} />
      {events.isError ? (
        <ProblemNote
          error={events.error}
          what="The audit trail could not be read"
          again={() => void events.refetch()}
        />
      ) : null}
      {events.isPending ? <Loader className="late" aria-label="Loading" /> : null}
      {events.data === undefined ? null : (
        <p className="dim" role="status">
          {shown.length === 0
            ? 'No entry fits.'
            : `${count(shown.length, 'entry', 'entries')}${found.length > limit ? ` of ${found.length}` : ''}, newest first.`}{' '}
          {filter.what === ''
            ? ''
            : `Looked for “${filter.what}” in ${count(read.length, 'entry', 'entries')}${older === null ? '.' : `; older ones are on the next pages.`} `}
          {filter.before === ''
            ? 'From the newest on.'
            : `Only until ${utcWords(filter.before)} UTC.`}
        </p>
      )}
      {shown.length === 0 ? null : <AuditTable events={shown} zone={zone} />}
      <ShowMore total={found.length} shown={limit} show={(rows) => setMore({ at, rows })} />
      <div className="buttons">
        {older === null ? null : (
          <Button component={Link} variant="default" href={auditPath({ ...filter, before: older })}>
            Older entries
          </Button>
        )}
        {filter.before === '' ? null : (
          <Button component={Link} variant="default" href={auditPath({ ...filter, before: '' })}>
            To the newest
          </Button>
        )}
        {older === null && events.isSuccess && read.length < auditLimit(filter) ? (
          <span className="dim">That is all there is.</span>
        ) : null}
      </div>
    </>
  );
}
