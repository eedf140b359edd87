import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useLocation } from 'wouter';
import type { AlertJson } from '../../../gen/wardcast/v1/alert_pb.ts';
import type { ReachJson } from '../../../gen/wardcast/v1/audience_pb.ts';
import { type FormProblems, formAlert } from '../../../state/publish/form_alert.ts';
import type { NoticeForm } from '../../../state/publish/notice_form.ts';
import { noticeZone } from '../../../state/publish/notice_zone.ts';
import { placeViolations } from '../../../state/publish/violations.ts';
import { useConsole, useNow } from '../console_context.ts';
import type { Directory } from '../directory.ts';
import { Confirm } from './confirm.tsx';
import { Fields } from './fields/fields.tsx';
import { forgetForm, keepForm } from './kept_form.ts';
import { Preview } from './preview.tsx';
import { OpenNotices } from './reach/open_notices.tsx';
import { useReach } from './reach/reach.ts';
import { ReachLine } from './reach/reach_line.tsx';

interface ToConfirm {
  alert: AlertJson;
  reach: ReachJson;
}

// The form, what it will look like, whom it reaches, and the way to send it.
export function Compose(props: {
  start: NoticeForm;
  title: string;
  directory: Directory;
  leave: () => void;
}) {
  const { browser } = useConsole();
  const [, go] = useLocation();
  const now = useNow(5_000);
  const [form, setForm] = useState(props.start);
  const [tried, setTried] = useState(false);
  // Pressed, and confirmed as soon as it is known whom the form as it stands reaches.
  const [sending, setSending] = useState(false);
  const [refused, setRefused] = useState<FormProblems>({});
  const [confirming, setConfirming] = useState<ToConfirm | null>(null);
  const reachNow = useReach(form);
  const { zone, several } = noticeZone(reachNow.reach, props.directory.sites);
  const serviceNames = new Map(
    props.directory.services.map((service) => [service.id ?? '', service.name ?? '']),
  );
  const context = { now, zone, serviceNames, severalZones: several };
  const { alert, problems } = formAlert(form, context);
  const change = (part: Partial<NoticeForm>) => {
    const next = { ...form, ...part };
    setForm(next);
    keepForm(browser, next);
    setRefused({});
    setSending(false);
  };
  const ready = Object.keys(problems).length === 0;
  const send = () => {
    setTried(true);
    setSending(ready);
  };
  useEffect(() => {
    if (!sending) return;
    if (reachNow.error !== null) setSending(false);
    if (!reachNow.current || reachNow.reach === undefined) return;
    setSending(false);
    setConfirming({ alert, reach: reachNow.reach });
  }, [sending, reachNow, alert]);
  const shown: FormProblems = { ...(tried ? problems : openly(problems)), ...refused };
  return (
    <form
      className="compose"
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
        <Button variant="subtle" size="xs" onClick={props.leave}>
          Other template
        </Button>
      </div>
      <div className="compose-sides">
        <div className="compose-form">
          <OpenNotices ids={reachNow.reach?.openAlertIds ?? []} />
          <Fields
            form={form}
            problems={shown}
            change={change}
            directory={props.directory}
            zone={zone}
            now={now}
            headline={alert.headline ?? ''}
          />
        </div>
        <Preview
          alert={alert}
          services={form.services}
          serviceNames={serviceNames}
          zone={zone}
          now={now}
          sites={props.directory.sites}
        />
      </div>
      <footer className="foot">
        <ReachLine reachNow={reachNow} problems={tried ? problems : {}} />
        <Button type="submit" size="md" title="Ctrl+Enter" loading={sending}>
          Send…
        </Button>
      </footer>
      {confirming === null ? null : (
        <Confirm
          {...confirming}
          sites={props.directory.sites}
          cancel={() => setConfirming(null)}
          refused={(violations) => {
            const placed = placeViolations(violations);
            setRefused(placed.problems);
            if (placed.elsewhere.length === 0) setConfirming(null);
          }}
          sent={(id) => {
            forgetForm(browser);
            go(`/notice/${id}`);
          }}
        />
      )}
    </form>
  );
}

// Before the first try only what is wrong, not what is merely still empty.
function openly(problems: FormProblems): FormProblems {
  const {
    headline,
    services: _services,
    places: _places,
    start: _start,
    impact: _impact,
    ...rest
  } = problems;
  return headline?.includes('at most') ? { ...rest, headline } : rest;
}
