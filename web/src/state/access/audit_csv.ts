import type { AuditEventJson } from '../../gen/wardcast/v1/audit_service_pb.ts';

// What a table program would take for a formula is made text: names and details come from outside.
function cell(value: string): string {
  const harmless = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

const columns: [string, (event: AuditEventJson) => string][] = [
  ['time_utc', ({ at }) => at ?? ''],
  ['broker', ({ broker }) => broker ?? ''],
  ['number', ({ number }) => number ?? ''],
  ['who', ({ who }) => who ?? ''],
  ['from', ({ peer }) => peer ?? ''],
  ['what', ({ what }) => what ?? ''],
  ['subject', ({ subject }) => subject ?? ''],
  ['detail', ({ detail }) => detail ?? ''],
  ['loud', ({ loud }) => (loud ? 'yes' : 'no')],
  ['hash', ({ hash }) => hash ?? ''],
];

// Entries as CSV (RFC 4180) that a table program opens in the right encoding.
export function auditCsv(events: readonly AuditEventJson[]): string {
  const rows = [
    columns.map(([name]) => name),
    ...events.map((event) => columns.map(([, value]) => value(event))),
  ];
  return `\uFEFF${rows.map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`;
}
