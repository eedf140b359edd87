import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useLocation } from 'wouter';
import type { AlertJson } from '../../../gen/wardcast/v1/alert_pb.ts';
import { askedAlert } from '../../../state/publish/asked_alert.ts';
import { withTextsOf } from '../../../state/publish/fill.ts';
import { type FormProblems, formAlert, sendingAt } from '../../../state/publish/form_alert.ts';
import type { NoticeForm } from '../../../state/publish/notice_form.ts';
import { noticeZone } from '../../../state/publish/notice_zone.ts';
import { noSuchTime } from '../../../state/publish/typed_time.ts';
import { placeViolations } from '../../../state/publish/violations.ts';
import { useConsole, useNow } from '../console_context.ts';
import type { Directory } from '../directory.ts';
import { DrillNote } from '../drill/drill_note.tsx';
import { Confirm } from './confirm.tsx';
import { Fields } from './fields/fields.tsx';
import { forgetForm, keepForm, keptAt } from './kept_form.ts';
import { Preview } from './preview.tsx';
import { OpenNotices, useSameService } from './reach/open_notices.tsx';
import { type Foreseen, useReach } from './reach/reach.ts';
import { ReachLine } from './reach/reach_line.tsx';
import { UpdateInstead } from './reach/update_instead.tsx';
import { WarningList } from './reach/warning_list.tsx';
import { SaveDraft } from './save_draft.tsx';

interface ToConfirm {
  // As it is sent.
  alert: AlertJson;
  // As wards would read it.
  read: AlertJson;
  foreseen: Foreseen;
  // It is another matter than the open notice of the same service.
  separate: boolean;
}

// The form, what it will look like, whom it reaches, and the way to send it.
export function Compose(props: {
  start: NoticeForm;
  title: string;
  directory: Directory;
  // Where else to go, and its words.
  leave: { words: string; go: () => void };
  // Beside the title.
  note?: string;
}) {
  const { browser } = useConsole();
  const [, go] = useLocation();
  const now = useNow(5_000);
  const [form, setForm] = useState(props.start);
  const [tried, setTried] = useState(false);
  // Pressed, and confirmed as soon as it is known whom the form as it stands reaches.
  const [sending, setSending] = useState(false);
  const [asking, setAsking] = useState(false);
  const [refused, setRefused] = useState<FormProblems>({});
  const [confirming, setConfirming] = useState<ToConfirm | null>(null);
  // By whom it reached when that was last known.
  const [{ zone, several }, setZone] = useState(() => noticeZone(undefined, props.directory.sites));
  const serviceNames = new Map(
    props.directory.services.map((service) => [service.id ?? '', service.name ?? '']),
  );
  const context = { now, zone, serviceNames, severalZones: several };
  const reachNow = useReach(form, askedAlert(form, context));
  const { foreseen } = reachNow;
  const known = noticeZone(foreseen?.reach, props.directory.sites);
  if (known.zone !== zone || known.several !== several) setZone(known);
  const same = useSameService(form.drill ? [] : (foreseen?.reach.openAlertIds ?? []));
  const { alert, filled, problems } = formAlert(form, context);
  const change = (part: Partial<NoticeForm>) => {
    const next = { ...form, ...part };
    setForm(next);
    keepForm(browser, next);
    setRefused({});
    setSending(false);
  };
  const ready = Object.keys(problems).length === 0;
  // The broker's words once it has said them; until then the console's own.
  const read =
    ready && reachNow.current && foreseen?.filled !== undefined
      ? withTextsOf(filled, foreseen.filled)
      : filled;
  const send = () => {
    setTried(true);
    setSending(ready);
  };
  useEffect(() => {
    if (!sending) return;
    if (reachNow.error !== null) setSending(false);
    if (!reachNow.current || foreseen === undefined) return;
    setSending(false);
    if (same.length > 0) setAsking(true);
    else setConfirming({ alert, read, foreseen, separate: false });
  }, [sending, reachNow, foreseen, same, alert, read]);
  const shown: FormProblems = { ...(tried ? problems : openly(problems)), ...refused };
  return (
    <>
      <form
        className={form.drill ? 'compose drill' : 'compose'}
        onSubmit={(event) => {
          event.preventDefault();
          send();
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
            event.preventDefault();
            send();
          }
        }}
      >
        <div className="line">
          <h1>{props.title}</h1>
          {props.note === undefined ? null : (
            <span className="dim" role="status">
              {props.note}
            </span>
          )}
          <Button variant="subtle" size="xs" onClick={props.leave.go}>
            {props.leave.words}
          </Button>
        </div>
        {form.drill ? <DrillNote /> : null}
        <div className="compose-sides">
          <div className="compose-form">
            <OpenNotices notices={same} />
            <Fields
              form={form}
              problems={shown}
              change={change}
              directory={props.directory}
              zone={zone}
              now={now}
              goesOut={sendingAt(form, context)}
              headline={filled.headline ?? ''}
            />
          </div>
          <div className="compose-right">
            <WarningList warnings={foreseen?.warnings ?? []} />
            <Preview
              alert={read}
              services={form.services}
              serviceNames={serviceNames}
              zone={zone}
              now={now}
              sites={props.directory.sites}
              presentation={
                form.presentation === 'UNSPECIFIED' ? foreseen?.presentation : form.presentation
              }
            />
          </div>
        </div>
        <footer className="foot">
          <ReachLine reachNow={reachNow} problems={tried ? problems : {}} />
          <SaveDraft
            form={form}
            context={context}
            saved={(saved) => {
              setForm(saved);
              keepForm(browser, saved);
            }}
          />
          <Button type="submit" size="md" title="Ctrl+Enter" loading={sending}>
            {foreseen?.needsApproval
              ? 'Send for approval…'
              : form.drill
                ? 'Start the drill…'
                : 'Send…'}
          </Button>
        </footer>
      </form>
      {asking && foreseen !== undefined ? (
        <UpdateInstead
          notices={same}
          separate={() => {
            setAsking(false);
            setConfirming({ alert, read, foreseen, separate: true });
          }}
          leave={() => setAsking(false)}
        />
      ) : null}
      {confirming === null ? null : (
        <Confirm
          {...confirming}
          draftId={form.draftId}
          zone={zone}
          sites={props.directory.sites}
          cancel={() => setConfirming(null)}
          refused={(violations) => {
            const placed = placeViolations(violations);
            setRefused(placed.problems);
            if (placed.elsewhere.length === 0) setConfirming(null);
          }}
          sent={(id) => {
            forgetForm(browser, keptAt(form));
            go(form.drill ? `/drill/${id}` : `/notice/${id}`);
          }}
        />
      )}
    </>
  );
}

// Before the first try only what is wrong, not what is merely still empty.
function openly(problems: FormProblems): FormProblems {
  const {
    headline,
    services: _services,
    places: _places,
    start,
    impact: _impact,
    ...rest
  } = problems;
  return {
    ...rest,
    ...(headline?.includes('at most') ? { headline } : {}),
    ...(start === undefined || start === noSuchTime ? {} : { start }),
  };
}
