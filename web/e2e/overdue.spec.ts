import { expect, openConsole, publish, test } from './fixtures.ts';
import { check } from './look.ts';
import { enter, person } from './person.ts';

const at = (ms: number) => ({ at: new Date(Date.now() + ms).toISOString() });
const minute = 60_000;

test('an update that did not come is told on every page until it is given', async ({
  page,
  broker,
}) => {
  const id = await publish(broker, { nextUpdate: at(2_000) });
  await openConsole(page, broker, '/calls');
  const banner = page.getByRole('region', { name: 'Updates overdue' });
  await expect(banner).toContainText(
    /Update overdue: Lab results are not reaching the EHR .*was due/,
  );
  for (const [path, heading] of [
    ['/planned', 'Planned'],
    ['/new', 'New notice'],
    ['/people', 'People'],
  ] as const) {
    await page.goto(`${broker.url}/#${path}`);
    await expect(page.getByRole('heading', { level: 1, name: heading })).toBeVisible();
    await expect(banner).toBeVisible();
  }
  await banner.getByRole('link', { name: 'Open' }).click();
  await expect(page).toHaveURL(new RegExp(id));
  await banner.getByRole('button', { name: 'No news + 30 min' }).click();
  await expect(banner).toHaveCount(0);
  const { alert } = await broker.call<{ alert: { round: number; nextUpdate: { at: string } } }>(
    'AlertService/GetAlert',
    { alertId: id },
  );
  expect(alert.round).toBe(1);
  const left = Date.parse(alert.nextUpdate.at) - Date.now();
  expect(left).toBeGreaterThan(28 * minute);
  expect(left).toBeLessThanOrEqual(30 * minute);
});

test('only those are nagged whose notice it is, and who approve after three misses', async ({
  browser,
  broker,
}) => {
  test.setTimeout(180_000);
  await publish(broker, { nextUpdate: at(-minute) });
  const roles = [
    { name: 'lab', role: 'application-team', scope: { services: ['lab-results'] }, told: true },
    { name: 'images', role: 'application-team', scope: { services: ['pacs'] }, told: false },
    { name: 'watcher', role: 'viewer', scope: {}, told: false },
  ];
  for (const { name, role, scope, told } of roles) {
    const context = await browser.newContext({ viewport: { width: 1366, height: 768 } });
    const page = await context.newPage();
    await enter(page, broker, await person(broker, name, role, scope));
    await expect(page.locator('.live-notice')).toContainText('Update overdue');
    await expect(page.getByRole('region', { name: 'Updates overdue' })).toHaveCount(told ? 1 : 0);
    await context.close();
  }

  const context = await browser.newContext({ viewport: { width: 1366, height: 768 } });
  const page = await context.newPage();
  let missed = 2;
  await page.route('**/wardcast.v1.AlertService/ListAlerts', async (route) => {
    const response = await route.fetch();
    const json = (await response.json()) as { alerts?: { missedUpdates?: number }[] };
    for (const alert of json.alerts ?? []) alert.missedUpdates = missed;
    await route.fulfill({ response, json });
  });
  await enter(page, broker, await person(broker, 'sue', 'house-supervisor'));
  const banner = page.getByRole('region', { name: 'Updates overdue' });
  await expect(page.locator('.live-notice')).toContainText('Update overdue');
  await expect(banner).toHaveCount(0);
  missed = 3;
  await expect(banner).toContainText('3 promised updates in a row did not come');
  await expect(banner.getByRole('button', { name: /^No news/ })).toHaveCount(0);
  await expect(banner.getByRole('link', { name: 'Open' })).toBeVisible();
  await context.close();
});

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme });

    test('how it looks', async ({ page, broker }) => {
      await publish(broker, { nextUpdate: at(-minute) });
      await openConsole(page, broker);
      await expect(page.getByRole('region', { name: 'Updates overdue' })).toBeVisible();
      await check(page, `overdue-${colorScheme}`, 2000);
    });
  });
}
