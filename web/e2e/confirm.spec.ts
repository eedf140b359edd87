import type { Page, Route } from '@playwright/test';
import { chooseService, expect, publish, test } from './fixtures.ts';
import { codeOf, enter, type Person, password, person } from './person.ts';

const publishing = '**/wardcast.v1.AlertService/PublishAlert';
const confirming = '**/wardcast.v1.AccessService/Confirm';

// As the broker answers a grave step of somebody who signed in long ago.
async function refuse(route: Route): Promise<void> {
  await route.fulfill({
    status: 400,
    json: {
      code: 'failed_precondition',
      message: 'this asks once more who you are',
      details: [{ type: 'wardcast.v1.Remedy', value: 'CAE' }],
    },
  });
}

// The first sends are asked about until the broker has been shown who it is. The request ids come back.
async function signedInLongAgo(page: Page): Promise<string[]> {
  const ids: string[] = [];
  let confirmed = false;
  page.on('response', (response) => {
    if (response.url().endsWith('/AccessService/Confirm') && response.ok()) confirmed = true;
  });
  await page.route(publishing, async (route) => {
    ids.push(String(route.request().postDataJSON().requestId));
    await (confirmed ? route.continue() : refuse(route));
  });
  return ids;
}

// Up to the last press of a notice to everybody.
async function compose(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'New notice' }).first().click();
  await page.locator('[data-template="outage"]').click();
  await chooseService(page, 'Orders and results');
  await page.getByText('Everyone', { exact: true }).click();
  await page.getByLabel('Headline').fill('Lab results are down');
  await page.keyboard.press('Control+Enter');
  const dialog = page.getByRole('dialog', { name: /This is REAL/ });
  await dialog.getByLabel(/Type .* to send it/).fill('River Valley Main Campus');
}

async function desk(page: Page, broker: Parameters<typeof enter>[1]): Promise<Person> {
  const ann = await person(broker, 'ann', 'service-desk');
  await enter(page, broker, ann);
  return ann;
}

test('a wide send asks who it is, keeps what was typed, and goes out once', async ({
  page,
  broker,
}) => {
  await desk(page, broker);
  const ids = await signedInLongAgo(page);
  await compose(page);
  await page.keyboard.press('Enter');
  const question = page.getByRole('dialog', { name: 'Is it you?' });
  const field = question.getByLabel('Password', { exact: true });
  await expect(field).toBeFocused();

  // Escape leaves the question, and nothing else.
  await page.keyboard.press('Escape');
  await expect(question).toHaveCount(0);
  const dialog = page.getByRole('dialog', { name: /This is REAL/ });
  await expect(dialog.getByRole('alert')).toContainText('Nothing was done');
  await expect(dialog.getByLabel(/Type .* to send it/)).toHaveValue('River Valley Main Campus');

  await dialog.getByRole('button', { name: 'Try again' }).click();
  await expect(field).toBeFocused();
  await page.keyboard.type('not the password');
  await page.keyboard.press('Enter');
  await expect(question.getByRole('alert')).toContainText('not right');
  await expect(field).toBeFocused();
  await page.keyboard.type(password);
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/#\/notice\//);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Lab results are down');
  expect(new Set(ids).size).toBe(1);
  expect(ids).toHaveLength(3);
  const { alerts } = await broker.call<{ alerts: object[] }>('AlertService/ListAlerts', {});
  expect(alerts).toHaveLength(1);
});

test('while the directory does not answer, the code is asked for at once', async ({
  page,
  broker,
}) => {
  const ann = await desk(page, broker);
  await signedInLongAgo(page);
  const shown: object[] = [];
  await page.route(confirming, async (route) => {
    const body = route.request().postDataJSON() as { password?: string };
    shown.push(body);
    await (body.password === undefined
      ? route.fulfill({ json: { confirmedUntil: '2099-01-01T00:00:00Z' } })
      : route.fulfill({
          status: 503,
          json: { code: 'unavailable', message: 'the directory does not answer' },
        }));
  });
  await compose(page);
  await page.keyboard.press('Enter');
  const question = page.getByRole('dialog', { name: 'Is it you?' });
  await expect(question.getByLabel('Password', { exact: true })).toBeFocused();
  await page.keyboard.type(password);
  await page.keyboard.press('Enter');
  await expect(question.getByLabel('Code of your authenticator')).toBeFocused();
  await expect(question.getByRole('alert')).toContainText('does not answer');
  const code = codeOf(ann.secret ?? '', Date.now());
  await page.keyboard.type(code);
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/#\/notice\//);
  expect(shown).toEqual([{ password }, { code }]);
});

test('an update and a recall ask the same way', async ({ page, broker }) => {
  const alertId = await publish(broker);
  await desk(page, broker);
  let confirmed = false;
  page.on('response', (response) => {
    if (response.url().endsWith('/AccessService/Confirm') && response.ok()) confirmed = true;
  });
  await page.route('**/wardcast.v1.AlertService/RecallAlert', (route) =>
    confirmed ? route.continue() : refuse(route),
  );
  await page.goto(`${broker.url}/#/notice/${alertId}`);
  await page.getByRole('button', { name: 'Recall…' }).click();
  await page.getByLabel(/What wards read/).fill('Sent to the wrong wards.');
  await page.getByRole('button', { name: 'Recall this notice' }).click();
  const question = page.getByRole('dialog', { name: 'Is it you?' });
  await question.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByLabel(/What wards read/)).toHaveValue('Sent to the wrong wards.');
  await page.getByRole('button', { name: 'Recall this notice' }).click();
  await question.getByLabel('Password', { exact: true }).fill(password);
  await question.getByRole('button', { name: 'Confirm' }).click();
  await expect(page.getByTestId('state')).toContainText('Recalled');
});
