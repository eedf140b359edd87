import { choosePlace, chooseService, expect, openConsole, publish, test } from '../fixtures.ts';

// What a clock on the wall of 4 West shows then.
const clock = (at: string) =>
  new Intl.DateTimeFormat('en-GB', {
    timeZone: 'America/Denver',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).format(Date.parse(at));

interface Stored {
  headline: string;
  impact: string;
  nextUpdate: { at: string };
  written?: { field: string; text: string }[];
}

test('a text follows the times that move, and is edited as it was written', async ({
  page,
  broker,
}) => {
  const id = await publish(broker, {
    headline: '{service} is down since {start}',
    impact: 'Next update {next}.',
  });
  const stored = async () =>
    (await broker.call<{ alert: Stored }>('AlertService/GetAlert', { alertId: id })).alert;
  const before = await stored();
  await openConsole(page, broker, `/notice/${id}`);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(
    /^Orders and results \(lab\) is down since \d\d:\d\d/,
  );

  await page.getByRole('button', { name: 'Extend…' }).click();
  const extend = page.getByRole('form', { name: 'Extend' });
  await extend.getByRole('button', { name: 'Say so to the wards' }).click();
  await expect(extend).toHaveCount(0);
  await page.getByRole('button', { name: 'Update…' }).click();
  const update = page.getByRole('form', { name: 'Update' });
  await expect(update.getByLabel('Headline')).toHaveValue('{service} is down since {start}');
  await expect(update.getByLabel('Impact, one line')).toHaveValue('Next update {next}.');
  await update.getByLabel('Impact, one line').fill('Nothing new before {next}.');
  await update.getByLabel('Next update').fill('2031-01-15T09:30');
  await update.getByRole('button', { name: 'Send the update' }).click();
  await expect(update).toHaveCount(0);

  const after = await stored();
  expect(after.headline).toBe(before.headline);
  expect(after.impact).toMatch(/^Nothing new before .*09:30( \w+)?\.$/);
  expect(clock(after.nextUpdate.at)).toBe('09:30');
  expect(after.written).toContainEqual({ field: 'impact', text: 'Nothing new before {next}.' });

  // Only the promise moves, and the text with it.
  await page.getByRole('button', { name: 'No news, next update in 30 min' }).click();
  await expect
    .poll(async () => {
      const { impact, nextUpdate } = await stored();
      return impact.includes(clock(nextUpdate.at)) && clock(nextUpdate.at) !== '09:30';
    })
    .toBe(true);
});

test('a new notice is sent as it was typed, and confirmed as wards will read it', async ({
  page,
  broker,
}) => {
  await openConsole(page, broker, '/new');
  await page.locator('[data-template="outage"]').click();
  await chooseService(page, 'Imaging');
  await choosePlace(page, '4 West');
  await page.getByLabel('Headline').fill('{service} is slow since {start}');
  const preview = page.getByLabel('Preview: what wards see');
  await expect(preview.getByRole('heading', { level: 2 })).toHaveText(
    /^Imaging .*is slow since \d\d:\d\d/,
  );
  // {end} has nothing to fill it yet.
  await page.getByLabel('Impact, one line').fill('Not before {end}.');
  await page.getByRole('button', { name: 'Send…' }).click();
  await expect(page.getByText('Still open: {end}.').first()).toBeVisible();
  await page.getByLabel('Expected back', { exact: true }).selectOption({ label: 'In 2 h' });
  await expect(preview).toContainText(/Not before .*\d\d:\d\d/);
  await page.getByRole('button', { name: 'Send…' }).click();
  const dialog = page.getByRole('dialog', { name: /This is REAL for 1 ward/ });
  await expect(dialog).toContainText(/Imaging .*is slow since \d\d:\d\d/);
  const sent = page.waitForRequest(/AlertService\/PublishAlert$/);
  await dialog.getByRole('button', { name: 'Send the REAL notice' }).click();
  const { alert } = (await sent).postDataJSON() as { alert: { headline: string; impact: string } };
  expect(alert.headline).toBe('{service} is slow since {start}');
  expect(alert.impact).toBe('Not before {end}.');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(
    /^Imaging .*is slow since \d\d:\d\d/,
  );
});

test('the four times of the preview stand two by two', async ({ page, broker }) => {
  await openConsole(page, broker, '/new');
  await page.locator('[data-template="outage"]').click();
  await chooseService(page, 'Imaging');
  const facts = page.getByLabel('Preview: what wards see').locator('.facts > div');
  await expect(facts).toHaveCount(4);
  const tops = await facts.evaluateAll((all) =>
    all.map((each) => Math.round(each.getBoundingClientRect().top)),
  );
  expect(tops[0]).toBe(tops[1]);
  expect(tops[2]).toBe(tops[3]);
  expect(tops[2]).toBeGreaterThan(tops[0] ?? 0);
});

test('what is read in two zones says its times in both', async ({ page, broker }) => {
  const both = /\d\d:\d\d M[SD]T \/ \d\d:\d\d P[SD]T/;
  const id = await publish(broker, { audience: { wards: ['4w', 'n-2'] } });
  await openConsole(page, broker);
  await expect(page.locator('.live-notice')).toContainText(both);
  await page.goto(`${broker.url}/#/notice/${id}`);
  await expect(page.locator('.head-facts > div').first()).toContainText(both);
  await page.getByText('Copy as: overhead page').click();
  await expect(page.getByLabel('E-mail', { exact: true })).toHaveValue(both);

  const one = await publish(broker, { services: ['pacs'], headline: 'Imaging is down' });
  await page.goto(`${broker.url}/#/notice/${one}`);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Imaging is down');
  await expect(page.locator('tr[data-ward]')).toHaveCount(1);
  await expect(page.locator('.head-facts')).not.toContainText(' / ');
});
