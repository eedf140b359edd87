import { expect, openReceiver, test } from '../fixtures.ts';
import { check } from '../look.ts';

// What a ward does by hand opens when nothing else does, with who stands for it.

test('an approved procedure is on the ward’s page, also without a broker', async ({
  page,
  broker,
}) => {
  await broker.call('CatalogueService/UpsertCatalogue', {
    procedures: [
      {
        id: 'lab-on-paper',
        serviceId: 'lab-results',
        title: 'Lab results on paper',
        steps: ['Write every order on form LAB-7', 'Call the lab for critical values: 4711'],
        approvedBy: 'M. Lee',
        approvedOn: '2025-06-01',
      },
    ],
  });
  await openReceiver(page, broker);
  const procedures = page.getByRole('region', { name: 'Downtime procedures' });
  await expect(procedures.getByText('Lab results on paper')).toBeVisible();
  await broker.stop('SIGKILL');
  await expect(page.getByTestId('contact')).toContainText(/trying again|Not connected/);
  await procedures.getByText('Lab results on paper').click();
  await expect(procedures.getByRole('listitem')).toHaveText([
    'Write every order on form LAB-7',
    'Call the lab for critical values: 4711',
  ]);
  await expect(procedures).toContainText(
    'Inpatient clinical applications · Approved by M. Lee on 2025-06-01',
  );
  await expect(procedures).toContainText('review overdue since 2026-06-01');
  await check(page, 'receiver-procedures', 700);
});
