import type { Page } from '@playwright/test';
import type { Broker } from '../broker.ts';
import { expect, test } from '../fixtures.ts';
import { enter, person } from '../person.ts';

// Free text for everybody: waits, since two approvers are named.
async function sendForApproval(page: Page, broker: Broker): Promise<string> {
  await enter(page, broker, await person(broker, 'ann', 'service-desk'));
  await page.goto(`${broker.url}/#/new`);
  await page.locator('[data-template="free-text"]').click();
  await page.getByText('Everyone', { exact: true }).click();
  await page.getByLabel('Headline').fill('New badges from Monday');
  await expect(page.getByRole('button', { name: 'Send for approval…' })).toBeVisible();
  await page.keyboard.press('Control+Enter');
  const dialog = page.getByRole('dialog', { name: /This is REAL for 31 wards/ });
  await expect(dialog).toContainText('It waits for an approver');
  await dialog.getByLabel(/Type .* to send it/).fill('River Valley Main Campus');
  await dialog.getByRole('button', { name: 'Send for approval' }).click();
  await expect(page).toHaveURL(/#\/notice\//);
  await expect(page.getByTestId('state')).toContainText('Waits for approval');
  return page.url().split('/').at(-1) ?? '';
}

async function supervisor(page: Page, broker: Broker, name: string): Promise<Page> {
  const context = await page.context().browser()?.newContext();
  if (context === undefined) throw new Error('no browser');
  const other = await context.newPage();
  await other.setViewportSize({ width: 1366, height: 768 });
  await enter(other, broker, { name, secret: secrets.get(name) ?? null });
  return other;
}

const secrets = new Map<string, string | null>();

async function twoSupervisors(broker: Broker): Promise<void> {
  for (const name of ['sue', 'tom'])
    secrets.set(name, (await person(broker, name, 'house-supervisor')).secret);
}

test('a supervisor approves what an author may not approve', async ({ page, broker }) => {
  test.setTimeout(180_000);
  await twoSupervisors(broker);
  const id = await sendForApproval(page, broker);
  const mine = page.getByRole('region', { name: 'Approval' });
  await expect(mine).toContainText('An approver looks at it');
  await expect(mine.getByRole('button', { name: 'Approve', exact: true })).toHaveCount(0);
  await expect(mine.getByRole('button', { name: 'Break the glass…' })).toHaveCount(0);

  const sue = await supervisor(page, broker, 'sue');
  await sue
    .getByRole('region', { name: 'Waiting for approval' })
    .getByRole('link', { name: 'New badges from Monday' })
    .click();
  await expect(sue).toHaveURL(new RegExp(id));
  await expect(sue.getByRole('region', { name: 'Whom it reaches' })).toContainText('31 wards');
  await sue.getByRole('button', { name: 'Approve', exact: true }).click();
  await expect(sue.getByRole('region', { name: 'Approval' })).toHaveCount(0);
  await expect(mine).toHaveCount(0);
  const { alert } = await broker.call<{ alert: { state: string } }>('AlertService/GetAlert', {
    alertId: id,
  });
  expect(['ACTIVE', 'SCHEDULED']).toContain(alert.state);
  await sue.context().close();
});

test('what is returned is a draft again, with the reason', async ({ page, broker }) => {
  test.setTimeout(180_000);
  await twoSupervisors(broker);
  const id = await sendForApproval(page, broker);
  const tom = await supervisor(page, broker, 'tom');
  await tom.goto(`${broker.url}/#/notice/${id}`);
  await tom.getByRole('button', { name: 'Return…' }).click();
  const panel = tom.getByRole('form', { name: 'Return' });
  await expect(panel.getByRole('button', { name: 'Return it to its author' })).toBeDisabled();
  await panel.getByLabel('Why (the author reads it)').fill('Name the day. Not MRN 48213377.');
  await panel.getByRole('button', { name: 'Return it to its author' }).click();
  await panel
    .getByLabel('A text looks like patient data. Why is it none?')
    .fill('It is the number of a test patient.');
  await panel.getByRole('button', { name: 'Return it to its author' }).click();
  await expect(tom.getByTestId('state')).toHaveText('Draft, not sent');
  await tom.context().close();

  await expect(page.getByTestId('state')).toHaveText('Draft, not sent');
  await expect(page.getByText('Name the day.')).toBeVisible();
  await page.getByRole('link', { name: 'Go on writing' }).click();
  await expect(page.getByLabel('Headline')).toHaveValue('New badges from Monday');
  await expect(page.getByRole('note')).toContainText('Name the day.');
});

test('breaking the glass is offered after three minutes, and the broker looks again', async ({
  page,
  broker,
}) => {
  test.setTimeout(180_000);
  await twoSupervisors(broker);
  // The page hears that it has waited for longer than it has.
  await page.route('**/wardcast.v1.AlertService/GetAlert', async (route) => {
    const response = await route.fetch();
    const json = (await response.json()) as { alert?: { waitingSince?: { at: string } } };
    const since = json.alert?.waitingSince;
    if (since !== undefined) since.at = new Date(Date.parse(since.at) - 240_000).toISOString();
    await route.fulfill({ response, json });
  });
  await sendForApproval(page, broker);
  await page.getByRole('button', { name: 'Break the glass…' }).click();
  const panel = page.getByRole('form', { name: 'Break the glass' });
  await expect(panel).toContainText('The audit trail says loudly who did this and why.');
  await panel.getByLabel('Why it cannot wait for an approver').fill('Nobody answers.');
  await panel.getByRole('button', { name: 'Send it without approval' }).click();
  await expect(panel.getByRole('alert')).toContainText('Not sent yet');
  await expect(panel.getByLabel('Why it cannot wait for an approver')).toHaveValue(
    'Nobody answers.',
  );
});
