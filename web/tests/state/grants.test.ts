import { expect, test } from 'vitest';
import type { AssignmentJson, RoleSetJson } from '../../src/gen/wardcast/v1/role_pb.ts';
import {
  accountForm,
  accountOf,
  accountProblems,
  nameProblem,
} from '../../src/state/access/account_form.ts';
import { searchAccounts } from '../../src/state/access/account_search.ts';
import { ago } from '../../src/state/access/ago.ts';
import {
  assignmentForms,
  assignmentOf,
  assignmentProblems,
  emptyAssignment,
  otherViolations,
  refusedAssignments,
} from '../../src/state/access/assignment_form.ts';
import { curlExamples, mayPublishWith } from '../../src/state/access/curl_example.ts';
import { roleChoices } from '../../src/state/access/role_choice.ts';
import { roleName, scopeNames, scopeWords } from '../../src/state/access/scope_words.ts';
import { expiryWords, tokenStand } from '../../src/state/access/token_expiry.ts';
import { newTokenForm, tokenProblems } from '../../src/state/access/token_form.ts';

const sets: RoleSetJson[] = [
  { id: 'service-desk', name: 'Service desk', grants: [{ role: 'PUBLISHER' }] },
  { id: 'partner', name: 'Partner', needs: ['services', 'sites'] },
  { id: 'ward-staff', name: 'Ward staff', needs: ['wards'], grants: [{ role: 'RESPONDER' }] },
  { id: 'administrator', name: 'Administrator', grants: [{ role: 'ADMINISTRATOR' }] },
  { id: 'auditor', name: 'Auditor', grants: [{ role: 'AUDITOR' }] },
];
const names = scopeNames(
  {
    sites: [{ id: 'main', name: 'Main Campus' }],
    buildings: [{ id: 'tower', name: 'Main Tower' }],
    wards: [
      { id: '4w', name: '4 West' },
      { id: 'icu', name: 'Intensive Care' },
    ],
    services: [{ id: 'pacs', name: 'Imaging' }],
    teams: [{ id: 'apps', name: 'Clinical applications' }],
  },
  sets,
);
const people = roleChoices(sets, false);

test('people get sets and single roles; a machine is never an administrator or an approver', () => {
  const ids = (forToken: boolean) => roleChoices(sets, forToken).map(({ id }) => id);
  expect(ids(false)).toEqual([
    'service-desk',
    'partner',
    'ward-staff',
    'administrator',
    'auditor',
    'viewer',
    'responder',
    'manager',
    'publisher',
    'approver',
  ]);
  expect(ids(true)).not.toContain('administrator');
  expect(ids(true)).not.toContain('approver');
});

test('a role with its scope goes through the form and back as it was', () => {
  const given: AssignmentJson = {
    role: 'partner',
    scope: {
      sites: ['main'],
      buildings: ['tower'],
      wards: ['4w'],
      teams: ['apps'],
      services: ['pacs'],
      kinds: ['OUTAGE'],
      maxSeverity: 'SEVERE',
      maxPresentation: 'DIALOG',
      maxEndpoints: 200,
    },
  };
  expect(assignmentForms([given]).map(assignmentOf)).toEqual([given]);
});

test('what a role set needs is said at its field', () => {
  const partner = { ...emptyAssignment(0), role: 'partner' };
  expect(assignmentProblems(partner, people)).toEqual({
    work: 'Choose at least one service or team.',
    places: 'Choose at least one site.',
  });
  // A ward does not stand for its site, a team does for its services.
  const nearly = { ...partner, places: ['ward:4w'], work: ['team:apps'] };
  expect(assignmentProblems(nearly, people)).toEqual({ places: 'Choose at least one site.' });
  expect(assignmentProblems({ ...nearly, places: ['site:main'] }, people)).toEqual({});
  expect(assignmentProblems(emptyAssignment(0), people).role).toBeDefined();
  const many = { ...emptyAssignment(0), role: 'viewer', endpoints: '0' };
  expect(assignmentProblems(many, people).endpoints).toBeDefined();
});

test('what the broker refuses stands at its role, the rest beside all', () => {
  const violations = [
    { field: 'account.assignments[1].scope.wards', description: 'needs wards' },
    { field: 'assignments[0].role', description: 'not known' },
    { field: 'account.assignments[1].scope.max_endpoints', description: 'too many' },
    { field: 'account.display_name', description: 'too long' },
  ];
  const refused = refusedAssignments(violations);
  expect(refused.get(1)).toEqual({ places: 'needs wards', endpoints: 'too many' });
  expect(refused.get(0)).toEqual({ role: 'not known' });
  expect(otherViolations(violations).map(({ field }) => field)).toEqual(['account.display_name']);
});

test('scopes read as staff call the places', () => {
  expect(
    scopeWords(
      {
        wards: ['4w', 'icu'],
        services: ['pacs'],
        kinds: ['PLANNED_DOWNTIME'],
        maxSeverity: 'MODERATE',
        maxPresentation: 'DIALOG',
        maxEndpoints: 1,
      },
      names,
    ),
  ).toBe(
    '4 West, Intensive Care; Imaging; planned downtime; CAUTION at most; a dialog at most; 1 PC at most',
  );
  expect(scopeWords({ wards: ['4w', 'icu', 'a', 'b', 'c'] }, names)).toBe(
    '4 West, Intensive Care, a (not there any more) and 2 more',
  );
  expect(scopeWords({}, names)).toBe('');
  expect(roleName({ role: 'ward-staff' }, names)).toBe('Ward staff');
  expect(roleName({ role: 'publisher' }, names)).toBe('Publisher');
});

test('people are found by name, role and place', () => {
  const accounts = [
    { name: 'ann', displayName: 'Ann Lee', assignments: [{ role: 'service-desk' }] },
    { name: 'bob', assignments: [{ role: 'ward-staff', scope: { wards: ['icu'] } }] },
    { name: 'abe', disabled: true, assignments: [{ role: 'ward-staff' }] },
  ];
  const found = (typed: string) => searchAccounts(accounts, typed, names).map(({ name }) => name);
  expect(found('')).toEqual(['ann', 'bob', 'abe']);
  expect(found('LEE desk')).toEqual(['ann']);
  expect(found('intensive')).toEqual(['bob']);
  expect(found('staff')).toEqual(['bob', 'abe']);
  expect(found('nobody')).toEqual([]);
});

test('an account is checked before it is sent; the directory’s roles go back as they came', () => {
  const role = [{ ...emptyAssignment(0), role: 'viewer' }];
  const form = { ...accountForm(null), name: ' Ann.Lee ', displayName: ' Ann ', assignments: role };
  expect(accountProblems(accountForm(null), people, []).assignments).toEqual([
    { role: 'Choose a role.' },
  ]);
  expect(accountProblems(form, people, []).none).toBe(true);
  expect(accountProblems(form, people, ['ann.lee']).name).toContain('already');
  expect(accountOf(form, null)).toMatchObject({ name: 'ann.lee', displayName: 'Ann' });
  expect(nameProblem('ann lee', [])).toBeDefined();
  expect(nameProblem('', [])).toBeDefined();
  const theirs = {
    name: 'dora',
    fromDirectory: true,
    assignments: [{ role: 'something-of-the-directory' }],
  };
  const kept = { ...accountForm(theirs), disabled: true };
  expect(accountProblems(kept, people, []).none).toBe(true);
  expect(accountOf(kept, theirs)).toMatchObject({
    assignments: theirs.assignments,
    disabled: true,
  });
});

test('a token needs a name, days and at least one role', () => {
  const machine = roleChoices(sets, true);
  const form = newTokenForm();
  expect(tokenProblems(form, machine)).toMatchObject({ days: undefined, none: false });
  const good = {
    name: 'nagios',
    days: '30',
    assignments: [{ ...emptyAssignment(0), role: 'service-desk' }],
  };
  expect(tokenProblems(good, machine).none).toBe(true);
  for (const days of ['', '0', '3661', '1.5'])
    expect(tokenProblems({ ...good, days }, machine).days).toBeDefined();
  expect(tokenProblems({ ...good, assignments: [] }, machine).roles).toBeDefined();
});

test('a token that expires within 30 days is told apart', () => {
  const now = Date.parse('2026-11-22T12:00:00Z');
  const token = (expires: string) => ({ expires, created: '2026-01-01T00:00:00Z' });
  expect(tokenStand(token('2027-11-22T12:00:00Z'), now)).toBe('good');
  expect(tokenStand(token('2026-12-22T12:00:00Z'), now)).toBe('soon');
  expect(tokenStand(token('2026-11-22T12:00:00Z'), now)).toBe('expired');
  expect(
    tokenStand({ ...token('2027-11-22T12:00:00Z'), revoked: '2026-02-01T00:00:00Z' }, now),
  ).toBe('revoked');
  expect(expiryWords(token('2026-12-22T12:00:00Z'), now)).toBe('in 30 days');
  expect(expiryWords(token('2026-11-22T09:00:00Z'), now)).toBe('expired 3 h ago');
  expect(expiryWords({}, now)).toBe('never');
});

test('the lines for a shell hold the secret once, and quote what a shell would read', () => {
  const lines = curlExamples('https://broker:7480', "wct_a'b", true);
  expect(lines.check).toContain("WARDCAST_TOKEN='wct_a'\\''b'");
  expect(lines.check).toContain("'https://broker:7480/wardcast.v1.AccessService/WhoAmI'");
  expect(lines.check).toContain('--cacert ca.pem');
  expect(lines.publish).not.toContain('wct_');
  expect(lines.publish).toContain('AlertService/PublishAlert');
  expect(curlExamples('http://127.0.0.1:7480', 'wct_a', false)).toMatchObject({ publish: null });
  expect(curlExamples('http://127.0.0.1:7480', 'wct_a', false).check).not.toContain('--cacert');
  const role = (id: string) => [{ ...emptyAssignment(0), role: id }];
  expect(mayPublishWith(role('service-desk'), sets)).toBe(true);
  expect(mayPublishWith(role('publisher'), sets)).toBe(true);
  expect(mayPublishWith(role('ward-staff'), sets)).toBe(false);
});

test('how long ago', () => {
  const minute = 60_000;
  expect(ago(-5)).toBe('just now');
  expect(ago(12 * minute)).toBe('12 min ago');
  expect(ago(30 * 60 * minute)).toBe('30 h ago');
  expect(ago(12 * 24 * 60 * minute)).toBe('12 days ago');
  expect(ago(200 * 24 * 60 * minute)).toBe('6 months ago');
});
