import type { AlertJson } from '../../gen/wardcast/v1/alert_pb.ts';
import type { ReachJson } from '../../gen/wardcast/v1/audience_pb.ts';
import { isDrill } from '../drill/drills.ts';
import { count } from '../words.ts';

// What is asked before a notice goes out: "This is REAL for 31 wards and 412 PCs", "This is an
// EXERCISE for 31 wards and 412 PCs".
export function sendingTitle(alert: AlertJson, reach: ReachJson): string {
  const wards = count(reach.wards?.length ?? 0, 'ward', 'wards');
  const pcs = count(reach.endpoints ?? 0, 'PC', 'PCs');
  return `This is ${isDrill(alert) ? 'an EXERCISE' : 'REAL'} for ${wards} and ${pcs}`;
}

// The words of the button that does it.
export function sendingWords(alert: AlertJson, needsApproval: string): string {
  if (needsApproval !== '') return 'Send for approval';
  return isDrill(alert) ? 'Start the EXERCISE' : 'Send the REAL notice';
}
