import type { Page } from '@playwright/test';
import type { Broker } from '../broker.ts';
import {
  choosePlace,
  chooseService,
  expect,
  openConsole,
  publish,
  test,
  ward,
} from '../fixtures.ts';
import { check } from '../look.ts';
import { answerAsWard } from '../ward_answer.ts';

// Exercises: begun on their own page, apart from all that is real, and over when something real comes.

const drill = (broker: Broker, part: object = {}) =>
  publish(broker, { status: 'EXERCISE', headline: 'Imaging is down', services: ['pacs'], ...part });

async function writeDrill(page: Page): Promise<void> {
  await page.locator('[data-template="outage"]').click();
  await chooseService(page, 'Imaging');
  await choosePlace(page, '4 West');
  await page.keyboard.press('Control+Enter');
}

test('a drill is begun, answered, read and ended on its own page', async ({ page, broker }) => {
  await openConsole(page, broker, '/drill');
  await expect(page.getByText('No drill is running.')).toBeVisible();
  await expect(page.getByText('There was no drill yet.')).toBeVisible();
  await page.getByRole('link', { name: 'Start a drill' }).click();
  await expect(page.getByRole('note')).toContainText('EXERCISE');
  await writeDrill(page);
  const dialog = page.getByRole('dialog', {
    name: /^This is an EXERCISE for 1 ward and \d+ PCs?$/,
  });
  await expect(dialog).toBeVisible();
  await expect(dialog.getByRole('button', { name: 'Send the REAL notice' })).toHaveCount(0);
  const begin = dialog.getByRole('button', { name: 'Start the EXERCISE' });
  await expect(begin).toBeFocused();
  await begin.click();

  // Its page: the ward answers, and stands in the result.
  await expect(page).toHaveURL(/#\/drill\/[0-9A-Z]{26}$/);
  const id = page.url().split('/').pop() ?? '';
  await expect(page.getByTestId('state')).toContainText('Running since');
  await answerAsWard(broker, id, 'PROCEDURE_STARTED');
  await expect(page.getByTestId('drill-result')).toContainText('1 of 1 ward answered');
  await expect(page.locator('.results tr[data-ward="4w"]')).toContainText(
    /procedure started · J\.R\./,
  );

  // Nothing of it among what is real.
  await page.goto(`${broker.url}/#/`);
  await expect(page.getByText('No notice is open.')).toBeVisible();
  await expect(page.getByRole('region', { name: 'Drills now' })).toContainText('1 of 1 ward');
  await page.goto(`${broker.url}/#/calls`);
  await expect(page.getByText('Nobody has to be called.')).toBeVisible();

  await page.goto(`${broker.url}/#/drill/${id}`);
  await page.getByRole('button', { name: 'End the drill…' }).click();
  await page
    .getByRole('dialog', { name: 'End this drill?' })
    .getByRole('button', { name: 'End the drill' })
    .click();
  await expect(page.getByTestId('state')).toContainText('Ended');
  await page.goto(`${broker.url}/#/drill`);
  await expect(page.getByRole('region', { name: 'Past drills' })).toContainText(
    '1 of 1 ward answered',
  );

  // Once more, and for nobody until somebody is named.
  await page.goto(`${broker.url}/#/drill/${id}`);
  await page.getByRole('link', { name: 'Do it again…' }).click();
  await expect(page.getByRole('heading', { name: 'Drill, once more' })).toBeVisible();
  await page.getByRole('button', { name: 'Start the drill…' }).click();
  await expect(page.getByText('Choose at least one site, building or ward.').first()).toBeVisible();
  await expect(page.getByRole('dialog')).toHaveCount(0);
});

test('the two ways to send stand at different places', async ({ page, broker }) => {
  await openConsole(page, broker, '/drill/new');
  await writeDrill(page);
  const dialog = page.getByRole('dialog');
  const begin = await dialog.getByRole('button', { name: 'Start the EXERCISE' }).boundingBox();
  await dialog.getByRole('button', { name: 'Back to the form' }).click();
  await page.goto(`${broker.url}/#/new`);
  await writeDrill(page);
  const send = dialog.getByRole('button', { name: 'Send the REAL notice' });
  await expect(dialog).toContainText('This is REAL for 1 ward');
  const real = await send.boundingBox();
  expect((begin?.x ?? 0) + (begin?.width ?? 0)).toBeLessThan(real?.x ?? 0);
});

test('a real problem in a drill is the first call, until somebody has asked there', async ({
  page,
  broker,
}) => {
  const id = await drill(broker);
  await answerAsWard(broker, id, 'REAL_PROBLEM');
  await openConsole(page, broker, '/calls');
  const call = page.locator('.call[data-ward="4w"]');
  await expect(call).toContainText('Reports a REAL problem');
  await expect(page.getByText('1 ward reports a REAL problem, told in a drill')).toBeVisible();
  // The drill ends; the problem does not.
  await broker.call('AlertService/EndAlert', { alertId: id, allClear: true });
  await page.goto(`${broker.url}/#/drill/${id}`);
  await expect(page.getByLabel('Help requests')).toContainText('reports: a REAL problem');
  await page.goto(`${broker.url}/#/calls`);
  await expect(call).toContainText('Reports a REAL problem');
  await call.getByRole('button', { name: 'Spoke to…' }).click();
  await call.getByRole('button', { name: /: not affected$/ }).click();
  await expect(page.getByText('Nobody has to be called.')).toBeVisible();
  expect((await ward(broker, id))?.state).not.toBe('HELP');
});

test('a real notice stops the drill, and no drill begins beside it', async ({ page, broker }) => {
  const id = await drill(broker);
  await openConsole(page, broker, `/drill/${id}`);
  await expect(page.getByTestId('state')).toContainText('Running');
  await publish(broker);
  await expect(page.getByTestId('state')).toContainText('Ended by itself');
  await expect(page.getByText(/EXERCISE STOPPED/)).toBeVisible();
  await page.goto(`${broker.url}/#/drill/new`);
  await writeDrill(page);
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Start the EXERCISE' }).click();
  await expect(dialog).toContainText(/real notice/i);
  await expect(page).toHaveURL(/#\/drill\/new/);
});

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme });

    test('drills look as they shall', async ({ page, broker }) => {
      const over = await drill(broker, { headline: 'Imaging was down' });
      await answerAsWard(broker, over, 'PROCEDURE_STARTED');
      await broker.call('AlertService/EndAlert', { alertId: over, allClear: true });
      const id = await drill(broker, { audience: { wards: ['4w', 'icu', 'ed'] } });
      await answerAsWard(broker, id, 'REAL_PROBLEM');
      await openConsole(page, broker);
      await expect(page.getByRole('region', { name: 'Drills now' })).toBeVisible();
      await check(page, `home-drill-${colorScheme}`, 2000);
      await page.goto(`${broker.url}/#/drill`);
      await expect(page.getByRole('link', { name: 'Imaging was down' })).toBeVisible();
      await check(page, `drills-${colorScheme}`, 2000);
      await page.goto(`${broker.url}/#/drill/${id}`);
      await expect(page.getByTestId('drill-result')).toBeVisible();
      await check(page, `drill-${colorScheme}`, 2000);
      await page.goto(`${broker.url}/#/drill/new`);
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      await check(page, `drill-new-${colorScheme}`, 2000);
      await writeDrill(page);
      await expect(page.getByRole('dialog', { name: /EXERCISE/ })).toBeVisible();
      await check(page, `drill-confirm-${colorScheme}`, 2000);
    });
  });
}
