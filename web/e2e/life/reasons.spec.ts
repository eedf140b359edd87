import { expect, openConsole, publish, test } from '../fixtures.ts';

// Words beside a notice may look like patient data too: they go out with a reason only.

const question = 'A text looks like patient data. Why is it none?';
const soon = (ms: number) => ({ at: new Date(Date.now() + ms).toISOString() });
const hour = 3_600_000;

test('why work is postponed', async ({ page, broker }) => {
  const id = await publish(broker, {
    kind: 'PLANNED_DOWNTIME',
    severity: 'MODERATE',
    headline: 'Imaging gets new disks',
    services: ['pacs'],
    start: soon(2 * hour),
    expectedEnd: soon(4 * hour),
  });
  await openConsole(page, broker, `/notice/${id}`);
  await page.getByRole('button', { name: 'Postpone…' }).click();
  const panel = page.getByRole('form', { name: 'Postpone' });
  await panel.getByLabel('Why (wards read it)').fill('MRN 48213377 is in the scanner.');
  const act = panel.getByRole('button', { name: 'Postpone without a new time' });
  await act.click();
  await expect(panel.getByRole('alert')).toContainText('Not postponed yet');
  await expect(act).toBeDisabled();
  await panel.getByLabel(question).fill('It is the number of a test patient.');
  await act.click();
  await expect(panel).toHaveCount(0);
});

test('whom somebody spoke to', async ({ page, broker }) => {
  await publish(broker);
  await openConsole(page, broker, '/calls');
  const ward = page.locator('.call[data-ward="4w"]');
  await ward.getByRole('button', { name: 'Spoke to…' }).click();
  await ward.getByLabel('Role').fill('MRN 48213377');
  const started = ward.getByRole('button', { name: /procedure started/ });
  await started.click();
  await expect(ward.getByRole('alert')).toContainText('Not recorded yet');
  await expect(started).toBeDisabled();
  await ward.getByLabel(question).fill('It is the number of a test patient.');
  await started.click();
  await expect(ward).toHaveCount(0);
});
