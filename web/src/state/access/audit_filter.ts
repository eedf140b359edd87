import type {
  AuditEventJson,
  ListEventsRequestJson,
} from '../../gen/wardcast/v1/audit_service_pb.ts';

// Which part of the audit trail is looked at. It stands in the address, so that it can be sent on.
export interface AuditFilter {
  // An account, "token/NAME", "endpoint/ID"; empty: everybody. The broker looks for it.
  who: string;
  // Looked for in what was read, since the broker does not: in what was done, on what, and the detail.
  what: string;
  loudOnly: boolean;
  // Only older than this time (ISO); empty: from the newest.
  before: string;
}

export const wholeTrail: AuditFilter = { who: '', what: '', loudOnly: false, before: '' };

const path = '/audit';

// "/audit", "/audit/who=ann&loud=1"
export function auditPath(filter: AuditFilter): string {
  const parts = new URLSearchParams();
  if (filter.who !== '') parts.set('who', filter.who);
  if (filter.what !== '') parts.set('what', filter.what);
  if (filter.loudOnly) parts.set('loud', '1');
  if (filter.before !== '') parts.set('before', filter.before);
  const text = parts.toString();
  return text === '' ? path : `${path}/${text}`;
}

// What the fragment of the address ("#/audit/…") says; what it does not understand it leaves out.
export function auditFilterOf(fragment: string): AuditFilter {
  const parts = new URLSearchParams(fragment.replace(/^#?\/?audit\/?/, ''));
  const before = parts.get('before') ?? '';
  return {
    who: parts.get('who') ?? '',
    what: parts.get('what') ?? '',
    loudOnly: parts.get('loud') === '1',
    before: Number.isNaN(Date.parse(before)) ? '' : before,
  };
}

// So many are read at once; searching in them needs more to search in.
const page = 100;
const searched = 1_000;

export function auditLimit(filter: AuditFilter): number {
  return filter.what === '' ? page : searched;
}

export function auditRequest(filter: AuditFilter): ListEventsRequestJson {
  return {
    limit: auditLimit(filter),
    who: filter.who,
    loudOnly: filter.loudOnly,
    ...(filter.before === '' ? {} : { before: filter.before }),
  };
}

// Those that hold what is looked for.
export function matching(events: readonly AuditEventJson[], what: string): AuditEventJson[] {
  const word = what.trim().toLocaleLowerCase();
  if (word === '') return [...events];
  return events.filter(({ what: done = '', subject = '', detail = '' }) =>
    `${done} ${done.replaceAll('-', ' ')} ${subject} ${detail}`.toLocaleLowerCase().includes(word),
  );
}

// From where the next page goes on; null: there is none. Entries of one millisecond stay together, so
// that none is passed over: the last of a page may stand on the next one again.
export function olderThan(events: readonly AuditEventJson[], filter: AuditFilter): string | null {
  if (events.length < auditLimit(filter)) return null;
  const oldest = Date.parse(events.at(-1)?.at ?? '');
  if (Number.isNaN(oldest)) return null;
  const next = new Date(oldest + 1).toISOString();
  return next === filter.before ? new Date(oldest).toISOString() : next;
}
