import type { Broker } from '../broker.ts';
import { chooseService, expect, openConsole, publish, test } from '../fixtures.ts';
import { check } from '../look.ts';
import { enter, person } from '../person.ts';

// The pages of a notice before, during and after wards see it, in light and dark.

const at = (ms: number) => ({ at: new Date(Date.now() + ms).toISOString() });
const hour = 3_600_000;

const work = (broker: Broker, start: number) =>
  publish(broker, {
    kind: 'PLANNED_DOWNTIME',
    severity: 'MODERATE',
    headline: 'Imaging gets new disks',
    services: ['pacs'],
    start: at(start),
    expectedEnd: at(start + 2 * hour),
  });

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme });

    test('planned, and a draft', async ({ page, broker }) => {
      await openConsole(page, broker, '/planned');
      await expect(page.getByText('There is no draft.')).toBeVisible();
      await check(page, `planned-empty-${colorScheme}`, 2000);
      await work(broker, 3 * hour);
      await broker.call('AlertService/PublishAlert', {
        draft: true,
        alert: { kind: 'OUTAGE', headline: 'Half written', services: ['email'] },
      });
      await expect(page.getByRole('link', { name: 'Half written' })).toBeVisible();
      await check(page, `planned-${colorScheme}`, 2000);
      await page.getByRole('link', { name: 'Half written' }).click();
      await expect(page.getByText(/^Saved /)).toBeVisible();
      await check(page, `draft-${colorScheme}`, 2000);
      await page.goto(`${broker.url}/#/`);
      await expect(page.getByRole('region', { name: 'The next 24 hours' })).toBeVisible();
      await check(page, `home-next-${colorScheme}`, 2000);
    });

    test('planned work on its page', async ({ page, broker }) => {
      const id = await work(broker, 4_000);
      await openConsole(page, broker, `/notice/${id}`);
      const question = page.getByRole('region', { name: 'Has the work started?' });
      await expect(question).toBeVisible();
      await page.getByRole('button', { name: 'Postpone…' }).click();
      await check(page, `notice-postpone-${colorScheme}`, 2000);
      await question.getByRole('button', { name: 'Yes, now' }).click();
      await page.getByRole('button', { name: 'Extend…' }).click();
      await check(page, `notice-extend-${colorScheme}`, 2000);
      await page.getByText('Copy as: overhead page').click();
      await check(page, `notice-copy-${colorScheme}`, 2000);
    });

    test('before sending', async ({ page, broker }) => {
      await publish(broker);
      await openConsole(page, broker, '/new');
      await page.locator('[data-template="outage"]').click();
      await chooseService(page, 'Orders and results');
      await page.getByLabel('Impact, one line').fill('Nothing for MRN 48213377 since 13:52.');
      await expect(page.getByTestId('warnings')).toBeVisible();
      await check(page, `new-notice-warnings-${colorScheme}`, 2000);
      await page.getByText(/that may still work/).click();
      await check(page, `new-notice-impact-${colorScheme}`, 2000);
      await page.getByRole('button', { name: 'Send…' }).click();
      await expect(page.getByRole('dialog', { name: 'Update the open notice?' })).toBeVisible();
      await check(page, `update-instead-${colorScheme}`, 2000);
      await page.getByRole('button', { name: /^This is another matter/ }).click();
      await expect(page.getByRole('dialog', { name: /This is REAL/ })).toBeVisible();
      await check(page, `confirm-patient-data-${colorScheme}`, 2000);
    });

    test('what waits for approval', async ({ page, broker }) => {
      test.setTimeout(180_000);
      const sue = await person(broker, 'sue', 'house-supervisor');
      await person(broker, 'tom', 'house-supervisor');
      const notice = {
        kind: 'EMERGENCY',
        severity: 'EXTREME',
        headline: 'Leave the east pavilion',
        services: [],
      };
      // Whoever was named a moment ago counts after a few seconds.
      await expect
        .poll(async () => {
          const { needsApproval } = await broker.call<{ needsApproval?: string }>(
            'AlertService/PreviewAudience',
            { audience: { wards: ['4w'] }, alert: notice },
          );
          return needsApproval ?? '';
        })
        .not.toBe('');
      const id = await publish(broker, notice);
      await enter(page, broker, sue);
      await expect(page.getByRole('region', { name: 'Waiting for approval' })).toBeVisible();
      await page.goto(`${broker.url}/#/notice/${id}`);
      await page.getByRole('button', { name: 'Return…' }).click();
      await check(page, `notice-approval-${colorScheme}`, 2000);
    });
  });
}
