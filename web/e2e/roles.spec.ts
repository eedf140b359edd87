import { expect, publish, test } from './fixtures.ts';
import { enter, person } from './person.ts';

// What each role finds in the bar, and which pages refuse it by address.
const roles: { role: string; scope?: object; bar: string[]; publishes: boolean }[] = [
  { role: 'viewer', bar: [], publishes: false },
  { role: 'ward-staff', scope: { wards: ['4w'] }, bar: [], publishes: false },
  { role: 'manager', bar: [], publishes: false },
  { role: 'service-desk', bar: [], publishes: true },
  { role: 'house-supervisor', bar: [], publishes: true },
  { role: 'administrator', bar: ['People', 'Tokens', 'Audit trail'], publishes: false },
  { role: 'auditor', bar: ['Audit trail'], publishes: false },
];
const guarded: [string, string][] = [
  ['/people', 'People'],
  ['/people/account/ann', 'People'],
  ['/tokens/new', 'Tokens'],
  ['/audit', 'Audit trail'],
];

test('each role is offered what it may do', async ({ browser, broker }) => {
  test.setTimeout(180_000);
  const alertId = await publish(broker);
  for (const { role, scope, bar, publishes } of roles) {
    const context = await browser.newContext({ viewport: { width: 1366, height: 768 } });
    const page = await context.newPage();
    await enter(page, broker, await person(broker, `the-${role}`, role, scope));
    await expect(page.getByRole('navigation', { name: 'Main' }).getByRole('link')).toHaveText([
      'Live now',
      'Call list',
      'Planned',
      'Drills',
      'Status',
      ...bar,
    ]);
    await expect(page.locator('.bar').getByRole('link', { name: 'New notice' })).toHaveCount(
      publishes ? 1 : 0,
    );
    for (const [path, title] of guarded) {
      await page.goto(`${broker.url}/#${path}`);
      const refused = page.getByText(/This page needs the role/);
      if (bar.includes(title)) await expect(refused).toHaveCount(0);
      else
        await expect(refused).toContainText(title === 'Audit trail' ? 'auditor' : 'administrator');
    }
    await page.goto(`${broker.url}/#/new`);
    if (publishes) await expect(page.getByRole('heading', { name: 'New notice' })).toBeVisible();
    else await expect(page.getByText('This page needs the role publisher.')).toBeVisible();
    if (role === 'house-supervisor') {
      await expect(page.locator('[data-template="outage"]')).toBeDisabled();
      await expect(page.locator('[data-template="outage"]')).toContainText('not outage');
    }

    // Everybody reads a notice; who may not change it is offered nothing, or told why.
    await page.goto(`${broker.url}/#/notice/${alertId}`);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(
      'Lab results are not reaching the EHR',
    );
    const acts = role === 'service-desk';
    await expect(page.getByRole('region', { name: 'Actions' })).toHaveCount(acts ? 1 : 0);
    if (!acts) await expect(page.getByRole('button', { name: /Undo/ })).toHaveCount(0);
    await expect(page.getByTestId('no-actions')).toHaveCount(role === 'house-supervisor' ? 1 : 0);
    await context.close();
  }
});
