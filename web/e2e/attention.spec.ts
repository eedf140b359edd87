import type { Page } from '@playwright/test';
import type { Broker } from './broker.ts';
import { expect, openConsole, openReceiver, publish, test, ward } from './fixtures.ts';
import { answerAsWard } from './ward_answer.ts';

// What a service desk and a house supervisor look for: who needs help, which PCs are dark, and what
// is not in a list. Pictures go to test-results/looks.

const look = (page: Page, name: string) =>
  page.screenshot({ path: `test-results/looks/${name}.png` });

let pressed = 0;

// One second after the one before, ten minutes ago.
function answer(broker: Broker, alertId: string, response: string, part: object = {}) {
  pressed += 1;
  const pressedAt = new Date(Date.now() - 600_000 + pressed * 1_000).toISOString();
  return answerAsWard(broker, alertId, response, { pressedAt, ...part });
}

const needHelp = (broker: Broker, id: string, help: string) =>
  answer(broker, id, 'NEED_HELP', { help });

test('who needs downtime help is told until the ward acknowledges, through a new round', async ({
  page,
  broker,
}) => {
  const id = await publish(broker, { audience: { wards: ['4w', 'icu'] } });
  await answer(broker, id, 'PROCEDURE_STARTED');
  await needHelp(broker, id, 'DOWNTIME_PC');
  await needHelp(broker, id, 'STAFF');
  await openConsole(page, broker);
  await expect(page.locator('.live-notice')).toContainText('1 ward needs downtime help');
  await look(page, 'help-home');

  await page.getByRole('link', { name: 'Lab results are not reaching the EHR' }).click();
  const help = page.getByLabel('Help requests');
  await expect(help).toContainText(/4 West.* needs: downtime PC, staff · call 970/);
  await expect(help).toContainText('waits since');
  await expect(page.locator('tr[data-ward="4w"]')).toContainText(
    'Needs downtime help, acknowledged',
  );
  await expect(page.getByTestId('progress')).toContainText('1 of 2 wards acknowledged');
  await expect(page.getByTestId('progress')).toContainText('1 ward needs downtime help');
  await look(page, 'help-notice');

  await broker.call('AlertService/UpdateAlert', {
    alertId: id,
    alert: { headline: 'Lab results are down, orders too' },
    reAlert: 'YES',
  });
  await expect(page.getByRole('heading', { name: 'orders too' })).toBeVisible();
  await expect(page.getByTestId('progress')).toContainText('0 of 2 wards acknowledged');
  await expect(help).toContainText('downtime PC, staff');

  await page.getByRole('link', { name: 'Call list' }).click();
  await expect(page.getByText('1 ward needs downtime help · 1 ward has not')).toBeVisible();
  const first = page.locator('.call').first();
  await expect(first).toContainText(/Needs downtime help\s*downtime PC, staff · waits for/);
  await look(page, 'help-calls');
  await first.getByRole('button', { name: 'Spoke to…' }).click();
  await first.getByRole('button', { name: /procedure started/ }).click();
  await expect(page.locator('[data-ward="4w"]')).toHaveCount(0);
  await expect(page.getByText('1 ward has not answered')).toBeVisible();
});

test('answers that are not in the list are counted, and shown when asked for', async ({
  page,
  broker,
}) => {
  const id = await publish(broker);
  for (let i = 0; i < 23; i += 1) await answer(broker, id, 'PROCEDURE_STARTED');
  await openConsole(page, broker, `/notice/${id}`);
  const answers = page.getByLabel('Answers', { exact: true });
  await expect(answers).toContainText('3 older answers are not in this list.');
  await expect(answers.getByRole('listitem')).toHaveCount(20);
  await look(page, 'answers-left-out');
  await answers.getByRole('button', { name: 'Show all' }).press('Enter');
  await expect(answers.getByRole('listitem')).toHaveCount(23);
  await expect(answers).not.toContainText('not in this list');

  // What comes later is added to them.
  await answer(broker, id, 'NOT_AFFECTED');
  await expect(answers.getByRole('listitem')).toHaveCount(24);
  await expect(answers.getByRole('listitem').first()).toContainText('not affected');
});

test('a ward unfolds to the PCs that have not shown the notice, by keyboard', async ({
  page,
  broker,
  context,
  browser,
}) => {
  // One is closed, and one crashes, which takes nobody along.
  const closed = await context.newPage();
  await openReceiver(closed, broker, '4w-pc-03');
  await closed.close();
  const apart = await browser.newContext();
  const lost = await apart.newPage();
  await openReceiver(lost, broker, '4w-pc-02');
  await lost.goto('chrome://crash').catch(() => {});
  const nurse = await context.newPage();
  await openReceiver(nurse, broker);
  const id = await publish(broker);
  await expect.poll(async () => (await ward(broker, id))?.displayed).toBe(1);
  await openConsole(page, broker, `/notice/${id}`);
  const fold = page.getByRole('button', { name: /^4 West/ });
  await fold.focus();
  await page.keyboard.press('Enter');
  await expect(fold).toHaveAttribute('aria-expanded', 'true');
  const pcs = page.locator('.pcs');
  await expect(pcs.getByRole('listitem').first()).toContainText(
    /4 West PC 2 lost · last heard .*less than a minute ago/,
  );
  await expect(pcs.getByText('4 West PC 1', { exact: true })).toHaveCount(0);
  const off = pcs.getByText(/^\d+ PCs off$/);
  await expect(off).toBeVisible();
  await expect(pcs.getByText('4 West PC 3')).toBeHidden();
  await off.press('Enter');
  await expect(pcs.getByText('4 West PC 3')).toBeVisible();
  await expect(pcs.getByRole('listitem').filter({ hasText: '4 West PC 3' })).toContainText(
    'last heard',
  );
  await look(page, 'ward-pcs');
  await fold.press('Enter');
  await expect(pcs).toHaveCount(0);
  await apart.close();
});

test('two machines with one id are told where the PCs of the ward stand', async ({
  page,
  broker,
}) => {
  const id = await publish(broker);
  // The broker believes it after a minute of two sessions; here its answer is changed instead.
  await page.route('**/*.DirectoryService/ListEndpoints', async (route) => {
    const answered = await route.fetch();
    const { endpoints } = (await answered.json()) as { endpoints: { endpoint: { id: string } }[] };
    await route.fulfill({
      response: answered,
      json: {
        endpoints: endpoints.map((each) =>
          each.endpoint.id === '4w-pc-01' ? { ...each, duplicate: true } : each,
        ),
      },
    });
  });
  await page.route('**/*.SystemService/GetHealth', async (route) => {
    const answered = await route.fetch();
    const health = (await answered.json()) as { parts: { part: string }[] };
    const parts = health.parts.map((each) =>
      each.part === 'endpoints'
        ? { ...each, detail: 'more than one machine uses each of these endpoint ids: 4w-pc-01' }
        : each,
    );
    await route.fulfill({ response: answered, json: { ...health, parts } });
  });
  await openConsole(page, broker);
  await expect(page.getByLabel('For the administrator')).toContainText('4w-pc-01');
  await look(page, 'shared-id-home');
  await page.goto(`${broker.url}/#/notice/${id}`);
  await page.getByRole('button', { name: /^4 West/ }).click();
  await expect(page.locator('.pcs')).toContainText('4w-pc-01: more than one machine uses this id');
  await look(page, 'shared-id-ward');
});

test('a ward that left the audience is not called', async ({ page, broker }) => {
  const id = await publish(broker, { audience: { wards: ['4w', 'icu'] } });
  await openConsole(page, broker, '/calls');
  await expect(page.locator('[data-ward="icu"]')).toBeVisible();
  await broker.call('AlertService/UpdateAlert', {
    alertId: id,
    alert: { audience: { wards: ['4w'] } },
  });
  await expect(page.locator('[data-ward="icu"]')).toHaveCount(0);
  await expect(page.locator('[data-ward="4w"]')).toBeVisible();
  await page.goto(`${broker.url}/#/notice/${id}`);
  await expect(page.locator('tr[data-ward="icu"]')).toContainText(/not in the audience since \S+/);
});

test('the call list says of when it is, and closes “Spoke to…” again', async ({ page, broker }) => {
  await publish(broker);
  await openConsole(page, broker, '/calls');
  const talk = page.getByRole('button', { name: 'Spoke to…' });
  await talk.click();
  await page.waitForResponse('**/*.AlertService/GetProgress');
  await page.waitForResponse('**/*.AlertService/GetProgress');
  await talk.click();
  await expect(talk).toHaveAttribute('aria-expanded', 'false');

  await broker.stop('SIGKILL');
  const asOf = page.getByText(/^as of \d\d:\d\d:\d\d$/);
  const text = await asOf.textContent();
  await page.waitForEvent('requestfailed');
  await expect(page.getByRole('alert').first()).toContainText('The broker does not answer');
  await expect(page.locator('.call')).toBeVisible();
  expect(await asOf.textContent()).toBe(text);
});
