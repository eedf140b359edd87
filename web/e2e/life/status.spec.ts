import { expect, openConsole, publish, test } from '../fixtures.ts';
import { check } from '../look.ts';

const day = 24 * 60 * 60_000;
const soon = (ms: number) => ({ at: new Date(Date.now() + ms).toISOString() });

test('the status page says what is down and what is planned within a week', async ({
  page,
  broker,
}) => {
  await publish(broker, {
    kind: 'OUTAGE',
    severity: 'SEVERE',
    headline: 'Lab results are down',
    services: ['lab-results'],
  });
  await publish(broker, {
    phase: 'ANNOUNCED',
    kind: 'PLANNED_DOWNTIME',
    severity: 'MODERATE',
    headline: 'Imaging gets new disks',
    services: ['pacs'],
    start: soon(6 * day),
    expectedEnd: soon(6 * day + 7_200_000),
  });
  await openConsole(page, broker);
  await page
    .getByRole('navigation', { name: 'Main' })
    .getByRole('link', { name: 'Status' })
    .click();
  await expect(page.getByText(/^1 of \d+ services has a known problem\.$/)).toBeVisible();
  const unusual = page.getByRole('region', { name: 'Not as usual, or planned' });
  const down = unusual.locator('[data-service="lab-results"]');
  await expect(down).toContainText('Down');
  const planned = unusual.locator('[data-service="pacs"]');
  await expect(planned).toContainText('No known problem');
  await expect(planned).toContainText(/Planned .* to .*: Imaging gets new disks/);
  await check(page, 'console-status', 2_000);
  await page.getByLabel('Find a service').fill('lab');
  await expect(planned).toHaveCount(0);
  await down.getByRole('link', { name: 'Lab results are down' }).click();
  await expect(page.getByRole('heading', { name: 'Lab results are down' })).toBeVisible();
});
