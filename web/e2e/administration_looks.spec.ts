import type { Broker } from './broker.ts';
import { expect, openConsole, test } from './fixtures.ts';
import { check } from './look.ts';
import { callAs, enter, password, person, setPassword, signIn } from './person.ts';

// The pages of administrators and auditors, in light and dark. Pictures go to test-results/looks.

async function aBusyHospital(broker: Broker): Promise<void> {
  const give = (name: string, displayName: string, role: string, scope = {}, more = {}) =>
    broker.call<{ link?: string }>('AccessService/UpsertAccount', {
      account: { name, displayName, assignments: [{ role, scope }], ...more },
    });
  await give('ann.lee', 'Ann Lee', 'service-desk');
  await give('bo.marsh', 'Bo Marsh', 'application-team', { teams: ['inpatient-apps'] });
  await give('cy.ortiz', 'Cy Ortiz', 'ward-staff', { wards: ['4w', 'icu', 'ed', 'or', 'lab'] });
  await give('dee.wu', 'Dee Wu', 'house-supervisor');
  await give('ed.poe', 'Ed Poe', 'partner', { services: ['pacs'], sites: ['north'] });
  await give('fay.ray', 'Fay Ray', 'viewer', {}, { disabled: true });
  await give('glass', 'Sealed envelope', 'administrator', {}, { breakGlass: true });
  const token = (name: string, days: number) =>
    broker.call<{ token: { id: string } }>('AccessService/CreateToken', {
      name,
      days,
      assignments: [
        {
          role: 'publisher',
          scope: { services: ['pacs', 'network'], maxPresentation: 'TOAST', maxEndpoints: 200 },
        },
      ],
    });
  await token('nagios', 20);
  await token('ticket-system', 400);
  const { token: old } = await token('old-monitor', 400);
  await broker.call('AccessService/RevokeToken', { id: old.id });
  await callAs(broker, 'wct_guess', 'AlertService/PublishAlert');
  await person(broker, 'rita.fox', 'responder', { wards: ['4w'] });
}

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme });

    test('people', async ({ page, broker }) => {
      await aBusyHospital(broker);
      await openConsole(page, broker, '/people');
      await expect(page.locator('tr[data-account]').first()).toBeVisible();
      await check(page, `people-${colorScheme}`, 2000);
      await page.getByLabel('Search people').fill('nobody at all');
      await check(page, `people-none-${colorScheme}`, 2000);
      await page.goto(`${broker.url}/#/people/sessions`);
      await expect(page.locator('tr[data-session]').first()).toBeVisible();
      await check(page, `people-sessions-${colorScheme}`, 2000);
      await page.goto(`${broker.url}/#/people/account/bo.marsh`);
      await page.getByRole('button', { name: 'Make a one-time link' }).click();
      await expect(page.getByRole('region', { name: 'One-time link' })).toBeVisible();
      await check(page, `people-account-${colorScheme}`, 2000);
      await page.getByRole('button', { name: 'Remove the account…' }).click();
      await check(page, `people-remove-${colorScheme}`, 2000);
      await page.keyboard.press('Escape');
      await page.goto(`${broker.url}/#/people/new`);
      await page.getByLabel('Name for signing in').fill('gus');
      await page.getByLabel('Role', { exact: true }).selectOption('partner');
      await page.getByText('Narrow it further').click();
      await page.getByRole('button', { name: 'Add the account' }).click();
      await expect(page.getByText('Choose at least one site.')).toBeVisible();
      await check(page, `people-new-${colorScheme}`, 2000);
    });

    test('tokens', async ({ page, broker }) => {
      await openConsole(page, broker, '/tokens');
      await expect(page.getByText('No machine has a token.')).toBeVisible();
      await check(page, `tokens-empty-${colorScheme}`, 2000);
      await aBusyHospital(broker);
      await page.reload();
      await page.getByText('1 revoked token').click();
      await check(page, `tokens-${colorScheme}`, 2000);
      await page.getByRole('button', { name: 'Revoke the token nagios' }).click();
      await check(page, `tokens-revoke-${colorScheme}`, 2000);
      await page.keyboard.press('Escape');
      await page.getByRole('link', { name: 'Make a token' }).click();
      await page.getByLabel('Name of the machine').fill('zabbix');
      await page.getByLabel('Role', { exact: true }).selectOption('publisher');
      await check(page, `tokens-new-${colorScheme}`, 2000);
      await page.getByRole('button', { name: 'Make the token' }).click();
      await expect(page.getByRole('region', { name: 'Secret of the token' })).toBeVisible();
      await check(page, `tokens-made-${colorScheme}`, 2000);
    });

    test('audit trail', async ({ page, broker }) => {
      await aBusyHospital(broker);
      const { link } = await broker.call<{ link: string }>('AccessService/UpsertAccount', {
        account: { name: 'vera', assignments: [{ role: 'viewer' }], breakGlass: true },
      });
      await setPassword(page, broker, link);
      await signIn(page, 'vera');
      await expect(page.getByRole('heading', { name: 'Live now' })).toBeVisible();
      await page.goto(`${broker.url}/#/audit`);
      await expect(page.getByText('This page needs the role')).toBeVisible();
      await check(page, `not-for-you-${colorScheme}`, 2000);
      await page.getByRole('button', { name: 'Sign out' }).click();
      await openConsole(page, broker, '/audit');
      await expect(page.locator('tr[data-what=break-glass]')).toBeVisible();
      await check(page, `audit-${colorScheme}`, 2000);
      await page.getByLabel('Who', { exact: true }).fill('nobody');
      await page.keyboard.press('Enter');
      await expect(page.getByText('No entry fits.')).toBeVisible();
      await check(page, `audit-none-${colorScheme}`, 2000);
    });

    test('the question who it is, and a session that has ended', async ({ page, broker }) => {
      await enter(page, broker, await person(broker, 'ann', 'administrator'));
      await page.route('**/wardcast.v1.AccessService/CreateToken', (route) =>
        route.fulfill({
          status: 400,
          json: {
            code: 'failed_precondition',
            details: [{ type: 'wardcast.v1.Remedy', value: 'CAE' }],
          },
        }),
      );
      await page.goto(`${broker.url}/#/tokens/new`);
      await page.getByLabel('Name of the machine').fill('zabbix');
      await page.getByLabel('Role', { exact: true }).selectOption('viewer');
      await page.getByRole('button', { name: 'Make the token' }).click();
      const question = page.getByRole('dialog', { name: 'Is it you?' });
      await expect(question).toBeVisible();
      await check(page, `confirm-password-${colorScheme}`, 2000);
      await question.getByRole('button', { name: 'Use a code instead' }).click();
      await check(page, `confirm-code-${colorScheme}`, 2000);
      await page.keyboard.press('Escape');
      await expect(page.getByRole('alert')).toContainText('Nothing was done');
      const { sessions } = await broker.call<{ sessions: { id: string }[] }>(
        'AccessService/ListSessions',
        { account: 'ann' },
      );
      for (const { id } of sessions) await broker.call('AccessService/EndSession', { id });
      await page.unroute('**/wardcast.v1.AccessService/CreateToken');
      await page.getByRole('button', { name: 'Make the token' }).click();
      await expect(page.getByRole('dialog', { name: 'Wardcast' })).toBeVisible();
      await page.getByLabel('Password', { exact: true }).fill(password);
      await check(page, `signed-out-${colorScheme}`, 2000);
    });
  });
}
