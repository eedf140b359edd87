import type { Page } from '@playwright/test';
import { expect, openReceiver, publish, test, ward } from './fixtures.ts';

test('a press outlives the broker and a reload, and is recorded once', async ({ page, broker }) => {
  const id = await publish(broker);
  await openReceiver(page, broker);
  const notice = page.locator('.open.first');
  await expect(notice).toContainText('Lab results are not reaching the EHR');
  await expect.poll(async () => (await ward(broker, id))?.displayed).toBe(1);

  await broker.stop('SIGKILL');
  await expect(page.getByTestId('contact')).toContainText(/trying again|Not connected/);
  await expect(page.getByRole('alert')).toContainText(/No contact since .*\d\d:\d\d:\d\d/);
  await expect(page.getByTestId('contact')).toContainText('Not connected · last heard');

  await notice.getByRole('button', { name: /^Acknowledge for 4 West/ }).click();
  await notice.getByRole('button', { name: 'Procedure started' }).click();
  await expect(notice.locator('.answer-lines')).toContainText('sending…');
  await expect(notice.locator('.answer-lines')).not.toContainText('recorded');
  await expect(page.getByTestId('contact')).toContainText('1 to be sent');

  await broker.start();
  await expect(page.getByTestId('contact')).toContainText('Connected', { timeout: 45_000 });
  await expect(notice.locator('.answer-lines')).toContainText('recorded');
  await expect(notice.locator('.answer-lines li')).toHaveCount(1);
  await expect(page.getByTestId('contact')).not.toContainText('to be sent');

  // Again through a restart and a reload: still one answer.
  await broker.stop();
  await broker.start();
  await page.reload();
  await expect(page.getByTestId('contact')).toContainText('Connected', { timeout: 45_000 });
  await expect(notice.locator('.answer-lines li')).toHaveCount(1);
  const answers = (await ward(broker, id))?.answers ?? [];
  expect(answers.map((answer) => answer.response)).toEqual(['PROCEDURE_STARTED']);
});

test('a press outlives a page that is left in the same moment', async ({ page, broker }) => {
  const id = await publish(broker);
  await openReceiver(page, broker);
  await page.getByRole('button', { name: /^Acknowledge for 4 West/ }).click();
  await broker.stop('SIGKILL');
  await page.getByRole('button', { name: 'Procedure started' }).evaluate((button: HTMLElement) => {
    button.click();
    window.location.href = 'about:blank';
  });
  await page.waitForURL('about:blank');
  await broker.start();
  await openReceiver(page, broker);
  await expect(page.locator('.answer-lines')).toContainText('recorded');
  expect((await ward(broker, id))?.answers).toHaveLength(1);
});

test('a reload without a broker shows what was there, and says that it is not confirmed', async ({
  page,
  broker,
}) => {
  await publish(broker);
  await openReceiver(page, broker);
  await expect(page.locator('.open.first')).toBeVisible();
  // The page itself stays loaded: only its socket and calls are cut.
  await page.routeWebSocket(/\/ws$/, (socket) => void socket.close());
  await page.route('**/wardcast.v1.*/**', (route) => route.abort());
  await page.reload();
  await expect(page.getByText(/As of \d\d:\d\d, not confirmed since/)).toBeVisible({
    timeout: 20_000,
  });
  await expect(page.locator('.open.first')).toContainText('Lab results are not reaching the EHR');
  await expect(page.getByTestId('contact')).toContainText('Not connected');
});

// The worker has the page and all that it names.
async function expectKept(page: Page): Promise<void> {
  await expect
    .poll(() =>
      page.evaluate(async () => {
        const kept = await caches.open('wardcast-receiver');
        return (await kept.match('/receiver.html')) !== undefined;
      }),
    )
    .toBe(true);
}

test('the page opens with no broker at all, shows what was there, and takes a press', async ({
  page,
  broker,
}) => {
  const id = await publish(broker);
  await openReceiver(page, broker);
  await expect.poll(async () => (await ward(broker, id))?.displayed).toBe(1);
  await expectKept(page);
  const tab = await page.context().newPage();
  await page.close();
  await broker.stop('SIGKILL');
  await tab.goto(`${broker.url}/receiver.html#endpoint=4w-pc-01`);
  await expect(tab.getByText(/As of \d\d:\d\d, not confirmed since/)).toBeVisible({
    timeout: 20_000,
  });
  const notice = tab.locator('.open.first');
  await expect(notice).toContainText('Lab results are not reaching the EHR');
  await expect(tab.getByRole('alert')).toContainText('No contact since');
  await tab.screenshot({ path: 'test-results/looks/receiver-without-broker.png' });
  await notice.getByRole('button', { name: /^Acknowledge for 4 West/ }).click();
  await notice.getByRole('button', { name: 'Procedure started' }).click();
  await expect(notice.locator('.answer-lines')).toContainText('sending…');
  await tab.reload();
  await expect(notice.locator('.answer-lines')).toContainText('sending…', { timeout: 20_000 });

  await broker.start();
  await expect(tab.getByTestId('contact')).toContainText('Connected', { timeout: 45_000 });
  await expect(notice.locator('.answer-lines')).toContainText('recorded');
  expect((await ward(broker, id))?.answers).toHaveLength(1);
});

test('the page opens although the broker hangs', async ({ page, broker }) => {
  await publish(broker);
  await openReceiver(page, broker);
  await expectKept(page);
  broker.freeze();
  try {
    await page.reload();
    await expect(page.locator('.open.first')).toContainText('Lab results', { timeout: 60_000 });
  } finally {
    broker.thaw();
  }
  await expect(page.getByTestId('contact')).toContainText('Connected', { timeout: 45_000 });
});

test('what ended while the page was away does not come back', async ({ page, broker }) => {
  const id = await publish(broker);
  await openReceiver(page, broker);
  // In the page is not yet in sight: only where it was displayed is its end told.
  await expect.poll(async () => (await ward(broker, id))?.displayed).toBe(1);
  await page.goto('about:blank');
  await broker.call('AlertService/EndAlert', { alertId: id, allClear: true });
  await openReceiver(page, broker);
  await expect(page.locator('.ended')).toContainText('ALL CLEAR');
  await expect(page.locator('.open')).toHaveCount(0);
  // A PC that never saw the notice hears nothing of its end.
  // (A new fragment alone would reload the page by itself, and what is read may be of the old one.)
  await page.goto('about:blank');
  await openReceiver(page, broker, '4w-pc-02');
  await expect(page.getByText(/^No open notices for 4 West/)).toBeVisible();
  await expect(page.locator('.ended')).toHaveCount(0);
});
