import type { AlertJson } from '../../gen/wardcast/v1/alert_pb.ts';
import type { WardJson } from '../../gen/wardcast/v1/directory_pb.ts';
import type {
  AlertProgressJson,
  WardProgressJson,
  WardState_ValueJson,
} from '../../gen/wardcast/v1/progress_pb.ts';
import { isDrill } from '../drill/drills.ts';
import { realProblem } from '../drill/real_problem.ts';
import { severityOrder } from '../endpoint/inbox.ts';

// Why a ward is on the list.
export interface CallReason {
  alert: AlertJson;
  ward: WardProgressJson;
}

export interface CallRow {
  wardId: string;
  name: string;
  phones: string[];
  radioChannel: string;
  // Most pressing first.
  reasons: CallReason[];
}

const need: Record<WardState_ValueJson, number> = {
  HELP: 4,
  DARK: 3,
  DISPLAYED: 2,
  SEEN: 1,
  UNSPECIFIED: 0,
  ACKNOWLEDGED: 0,
  // Nobody would answer the phone.
  CLOSED: 0,
};

// Wards that have not answered, over all open alerts that ask for an answer and are still for them,
// and every ward that needs downtime help: help first, then by severity, then by how little is known
// of them. Nobody is called for a drill, but who reports a real problem in one comes before all.
export function callList(
  open: readonly { alert: AlertJson; progress: AlertProgressJson }[],
  wards: readonly WardJson[],
): CallRow[] {
  const rows = new Map<string, CallRow>();
  for (const { alert, progress } of open) {
    for (const ward of progress.byWard ?? []) {
      if (!isCalled(alert, ward)) continue;
      const id = ward.wardId ?? '';
      const known = wards.find((each) => each.id === id);
      const row = rows.get(id) ?? {
        wardId: id,
        name: ward.name || id,
        phones:
          known?.phones?.filter((phone) => phone !== '') ??
          [ward.phone ?? ''].filter((each) => each !== ''),
        radioChannel: known?.radioChannel ?? '',
        reasons: [],
      };
      row.reasons.push({ alert, ward });
      rows.set(id, row);
    }
  }
  const order = new Map(wards.map((ward, index) => [ward.id ?? '', index]));
  const list = [...rows.values()];
  for (const row of list) row.reasons.sort((a, b) => pressing(b) - pressing(a));
  return list.sort(
    (a, b) =>
      pressing(b.reasons[0]) - pressing(a.reasons[0]) ||
      (order.get(a.wardId) ?? 0) - (order.get(b.wardId) ?? 0),
  );
}

function isCalled(alert: AlertJson, ward: WardProgressJson): boolean {
  if (isDrill(alert)) return realProblem(ward) !== undefined;
  const state = ward.state ?? 'UNSPECIFIED';
  if (state === 'HELP') return true;
  return need[state] > 0 && alert.asksAnswer === true && ward.leftAt === undefined;
}

// How many of the rows report a real problem in a drill.
export function reporting(rows: readonly CallRow[]): number {
  return rows.filter(isReporting).length;
}

// How many of the others ask for downtime help; the rest has not answered.
export function asking(rows: readonly CallRow[]): number {
  return rows.filter(
    (row) => !isReporting(row) && row.reasons.some(({ ward }) => ward.state === 'HELP'),
  ).length;
}

function isReporting({ reasons }: CallRow): boolean {
  return reasons.some(({ alert }) => isDrill(alert));
}

function pressing(reason: CallReason | undefined): number {
  if (reason === undefined) return 0;
  const state = reason.ward.state ?? 'UNSPECIFIED';
  return (
    (isDrill(reason.alert) ? 1000 : 0) +
    (state === 'HELP' ? 100 : 0) +
    severityOrder(reason.alert.severity) * 10 +
    need[state]
  );
}
