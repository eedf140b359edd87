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

// Refuses calls that match, until the broker has been shown who it is: noted before the page hears of it.
async function asksUntilConfirmed(page: Page, calls: string, heard: (route: Route) => void) {
  const state = { confirmed: false };
  await page.route(confirming, async (route) => {
    const response = await route.fetch();
    if (response.ok()) state.confirmed = true;
    await route.fulfill({ response });
  });
  await page.route(calls, async (route) => {
    heard(route);
    await (state.confirmed ? route.continue() : refuse(route));
  });
  return state;
}

// The sends of somebody who signed in long ago. The request ids come back.
async function signedInLongAgo(page: Page) {
  const ids: string[] = [];
  const state = await asksUntilConfirmed(page, publishing, (route) => {
    ids.push(String(route.request().postDataJSON().requestId));
  });
  return { ids, state };
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
  const { ids } = await signedInLongAgo(page);
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
  const { state } = await signedInLongAgo(page);
  const shown: object[] = [];
  await page.route(confirming, async (route) => {
    const body = route.request().postDataJSON() as { password?: string };
    shown.push(body);
    state.confirmed = body.password === undefined;
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
  await asksUntilConfirmed(page, '**/wardcast.v1.AlertService/RecallAlert', () => {});
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
