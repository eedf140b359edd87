import type { Page } from '@playwright/test';
import type { Broker } from '../broker.ts';
import { expect, openConsole, publish, test } from '../fixtures.ts';
import { check } from '../look.ts';

const hour = 3_600_000;
const at = (ms: number) => ({ at: new Date(Date.now() + ms).toISOString() });

interface Shown {
  missed?: object[];
  sendAt?: { at: string };
  state: string;
  round?: number;
}

// The page hears that the clock missed something, until it says what to do; the broker, which missed
// nothing, is told all the same. What it was told.
async function missing(page: Page, kind: string): Promise<object[]> {
  const told: object[] = [];
  await page.route('**/wardcast.v1.AlertService/GetAlert', async (route) => {
    const response = await route.fetch();
    const json = (await response.json()) as { alert: Shown };
    if (told.length === 0) {
      json.alert.missed = [{ kind, due: at(-hour) }];
      if (json.alert.sendAt !== undefined) json.alert.sendAt = at(-hour);
    }
    await route.fulfill({ response, json });
  });
  await page.route('**/wardcast.v1.AlertService/UpdateAlert', async (route) => {
    const asked = route.request().postDataJSON() as object;
    await route.continue();
    told.push(asked);
  });
  return told;
}

const stored = async (broker: Broker, alertId: string) =>
  (await broker.call<{ alert: Shown }>('AlertService/GetAlert', { alertId })).alert;

const question = (page: Page) => page.getByRole('region', { name: 'What was missed' });

test('a notice that did not go out is sent now', async ({ page, broker }) => {
  const id = await publish(broker, { sendAt: at(2 * hour) });
  const told = await missing(page, 'KIND_SEND');
  await openConsole(page, broker, `/notice/${id}`);
  await expect(page.getByTestId('state')).toContainText('Did not go out');
  await expect(question(page).getByTestId('missed')).toContainText(
    /It did not go out at .*\d\d:\d\d.*No ward has seen it\./,
  );
  await question(page).getByRole('button', { name: 'Send it now' }).click();
  await expect(question(page)).toHaveCount(0);
  expect(told[0]).toMatchObject({ updateMask: 'sendAt', settleMissed: true });
  expect((await stored(broker, id)).state).toBe('ACTIVE');
});

test('a notice that did not go out is sent at another time', async ({ page, broker }) => {
  const id = await publish(broker, { sendAt: at(2 * hour) });
  await missing(page, 'KIND_SEND');
  await openConsole(page, broker, `/notice/${id}`);
  await question(page).getByRole('button', { name: 'Send it at another time…' }).click();
  const panel = question(page).getByRole('form', { name: 'Another time' });
  await panel.getByLabel('Goes out').fill('2020-01-15T09:30');
  await expect(panel.getByText('This has passed: choose a later time.')).toBeVisible();
  await expect(panel.getByRole('button', { name: 'Send it then' })).toBeDisabled();
  const day = new Date(Date.now() + 30 * 24 * hour).toISOString().slice(0, 10);
  await panel.getByLabel('Goes out').fill(`${day}T09:30`);
  await panel.getByRole('button', { name: 'Send it then' }).click();
  await expect(question(page)).toHaveCount(0);
  // 09:30 in Denver.
  expect((await stored(broker, id)).sendAt?.at).toMatch(/T1[56]:30:00/);
});

test('what was not shown is shown once more', async ({ page, broker }) => {
  const id = await publish(broker);
  await missing(page, 'KIND_SHIFT_START');
  await openConsole(page, broker, `/notice/${id}`);
  await expect(question(page)).toContainText('It was not shown to the shift that began');
  await question(page).getByRole('button', { name: 'Show it once more now' }).click();
  await expect(question(page)).toHaveCount(0);
  await expect.poll(async () => (await stored(broker, id)).round).toBe(2);
});

test('what was missed is left as it is', async ({ page, broker }) => {
  const id = await publish(broker);
  const told = await missing(page, 'KIND_SHIFT_START');
  await openConsole(page, broker, `/notice/${id}`);
  await question(page).getByRole('button', { name: 'Leave it' }).click();
  await expect(question(page)).toHaveCount(0);
  expect(told[0]).toMatchObject({ settleMissed: true });
  expect(told[0]).not.toHaveProperty('updateMask');
  expect((await stored(broker, id)).round).toBe(1);
});

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme });

    test('how the question looks', async ({ page, broker }) => {
      const id = await publish(broker, { sendAt: at(2 * hour) });
      await missing(page, 'KIND_SEND');
      await openConsole(page, broker, `/notice/${id}`);
      await question(page).getByRole('button', { name: 'Send it at another time…' }).click();
      await check(page, `notice-missed-${colorScheme}`, 2000);
    });
  });
}
