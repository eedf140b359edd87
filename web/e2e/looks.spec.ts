import type { Broker } from './broker.ts';
import { chooseService, expect, openConsole, openReceiver, publish, test } from './fixtures.ts';
import { check } from './look.ts';

// Every page in light and dark: no serious or critical finding of axe, nothing wider than the screen
// of a ward PC, and no more nodes than an old PC bears. Pictures go to test-results/looks.

async function somethingGoesWrong(broker: Broker): Promise<string> {
  await publish(broker, {
    kind: 'INFORMATION',
    severity: 'MINOR',
    headline: 'Card readers are being replaced',
    services: [],
  });
  await publish(broker, { severity: 'MODERATE', headline: 'Imaging is slow', services: ['pacs'] });
  await publish(broker, {
    kind: 'SECURITY',
    severity: 'EXTREME',
    headline: 'Do not open mails from outside',
    services: ['email'],
  });
  return publish(broker, {
    audience: {},
    impact: 'New results do not reach the chart.',
    stillWorks: ['Charting', 'Telephony'],
    instructions: [
      { when: 'DURING', text: 'Start the downtime procedure now.' },
      { when: 'DO_NOT', text: 'Do not restart PCs.' },
    ],
  });
}

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme });

    test('receiver', async ({ page, broker }) => {
      await openReceiver(page, broker);
      await check(page, `receiver-empty-${colorScheme}`, 500);
      await somethingGoesWrong(broker);
      await expect(page.locator('.open')).toHaveCount(4);
      await check(page, `receiver-${colorScheme}`, 500);
      const first = page.locator('.open.first');
      await first.getByRole('button', { name: /Acknowledge for/ }).click();
      await check(page, `receiver-acknowledge-${colorScheme}`, 500);
      await first.getByRole('button', { name: 'Need downtime help' }).click();
      await check(page, `receiver-help-${colorScheme}`, 500);
      await broker.stop();
      await expect(page.getByRole('alert')).toBeVisible();
      await check(page, `receiver-lost-${colorScheme}`, 500);
    });

    test('console: what is live', async ({ page, broker }) => {
      await page.goto(broker.url);
      await expect(page.getByLabel('Account')).toBeVisible();
      await check(page, `sign-in-${colorScheme}`, 2000);
      await openConsole(page, broker);
      await expect(page.getByText('No notice is open.')).toBeVisible();
      await check(page, `home-empty-${colorScheme}`, 2000);
      await somethingGoesWrong(broker);
      await expect(page.locator('.live-notice')).toHaveCount(4);
      await expect(page.locator('.progress-bar')).toHaveCount(4);
      await check(page, `home-${colorScheme}`, 2000);
      await page.goto(`${broker.url}/#/calls`);
      await page.getByRole('button', { name: 'Spoke to…' }).first().click();
      await check(page, `calls-${colorScheme}`, 2000);
    });

    test('console: a notice', async ({ page, broker }) => {
      const id = await somethingGoesWrong(broker);
      await openConsole(page, broker, `/notice/${id}`);
      await expect(page.locator('tr[data-ward]').first()).toBeVisible();
      await check(page, `notice-${colorScheme}`, 2000);
      await page.locator('.fold').first().click();
      await expect(page.locator('.pcs summary')).toBeVisible();
      await check(page, `notice-ward-${colorScheme}`, 2000);
      for (const panel of ['Update…', 'All clear…', 'Recall…']) {
        await page.getByRole('button', { name: panel }).click();
        await check(
          page,
          `notice-${panel.slice(0, -1).replace(' ', '-').toLowerCase()}-${colorScheme}`,
          2000,
        );
      }
    });

    test('console: a new notice', async ({ page, broker }) => {
      await openConsole(page, broker, '/new');
      await expect(page.locator('[data-template]').first()).toBeVisible();
      await check(page, `templates-${colorScheme}`, 2000);
      await page.locator('[data-template="outage"]').click();
      await chooseService(page, 'Orders and results');
      await expect(page.getByTestId('reach')).toBeVisible();
      await check(page, `new-notice-${colorScheme}`, 2000);
      await page.getByRole('button', { name: /^More: before and after/ }).click();
      await page.getByText('Chosen places').click();
      await check(page, `new-notice-more-${colorScheme}`, 2000);
      await page.getByText('Wards that use the service').click();
      await page.keyboard.press('Control+Enter');
      await expect(page.getByRole('dialog')).toBeVisible();
      await check(page, `confirm-${colorScheme}`, 2000);
    });
  });
}

test('wall', async ({ page, broker }) => {
  await page.setViewportSize({ width: 1920, height: 1080 });
  await page.goto(`${broker.url}/wall.html#endpoint=4w-board-01`);
  await expect(page.getByText('No open notices')).toBeVisible();
  await check(page, 'wall-empty', 500);
  await somethingGoesWrong(broker);
  await expect(page.getByText('Card readers are being replaced')).toBeVisible();
  await check(page, 'wall', 500);
});
