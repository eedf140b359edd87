import type { GrantJson, RoleSetJson } from '../../gen/wardcast/v1/role_pb.ts';
import type { AssignmentForm } from './assignment_form.ts';

// A text between single quotes of a shell.
const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;

function call(origin: string, method: string, body: object): string {
  const trust = origin.startsWith('https:') ? ' --cacert ca.pem' : '';
  return [
    `curl -sS${trust} ${quoted(`${origin}/wardcast.v1.${method}`)} \\`,
    '  -H "Authorization: Bearer $WARDCAST_TOKEN" -H \'Content-Type: application/json\' \\',
    `  -d ${quoted(JSON.stringify(body))}`,
  ].join('\n');
}

// Lines for a shell that show whether the token works, and how a machine that may publish does it.
export function curlExamples(origin: string, secret: string, publishes: boolean) {
  const check = [`WARDCAST_TOKEN=${quoted(secret)}`, call(origin, 'AccessService/WhoAmI', {})];
  const alert = {
    kind: 'OUTAGE',
    severity: 'MODERATE',
    headline: 'Imaging is slow',
    services: ['pacs'],
  };
  return {
    check: check.join('\n'),
    publish: publishes ? call(origin, 'AlertService/PublishAlert', { alert }) : null,
  };
}

// True if one of these lets its holder publish.
export function mayPublishWith(
  forms: readonly AssignmentForm[],
  sets: readonly RoleSetJson[],
): boolean {
  const publisher = ({ role }: GrantJson) => role === 'PUBLISHER';
  return forms.some(
    ({ role }) =>
      role === 'publisher' || sets.find(({ id }) => id === role)?.grants?.some(publisher) === true,
  );
}
