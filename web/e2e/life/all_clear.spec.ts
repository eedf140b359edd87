import { expect, openConsole, publish, test } from '../fixtures.ts';

test('a part is cleared, the rest stays down; then wards enter what they wrote', async ({
  page,
  broker,
}) => {
  const id = await publish(broker, {
    headline: 'Imaging and lab are down',
    services: ['pacs', 'lab-results'],
    audience: { wards: ['4w', 'n-2'] },
    backEntry: ['Orders that went by paper'],
  });
  await openConsole(page, broker, `/notice/${id}`);
  await expect(page.locator('tr[data-ward]')).toHaveCount(2);
  await page.getByRole('button', { name: 'All clear…' }).click();
  const panel = page.getByRole('form', { name: 'All clear' });
  const services = panel.getByRole('group', { name: 'What works again' });
  await expect(panel.getByRole('group', { name: 'Where' }).getByRole('checkbox')).toHaveCount(2);
  await expect(panel).toContainText('This ends the whole notice.');
  await services.getByRole('checkbox', { name: /^Imaging/ }).uncheck();
  await services.getByRole('checkbox', { name: /^Orders and results/ }).uncheck();
  await expect(panel.getByRole('button', { name: /^Send the all clear/ })).toBeDisabled();
  await services.getByRole('checkbox', { name: /^Orders and results/ }).check();
  await panel.getByRole('button', { name: 'Send the all clear for this part' }).click();
  await expect(panel).toHaveCount(0);
  await expect(page.getByRole('list', { name: 'In order again' })).toContainText(
    'Orders and results (lab)',
  );
  await expect(page.getByTestId('state')).not.toContainText('All clear');

  await page.getByRole('button', { name: 'All clear…' }).click();
  await expect(panel.getByRole('group', { name: 'What works again' })).toHaveCount(0);
  await panel.getByRole('button', { name: 'Send the all clear', exact: true }).click();
  await expect(page.getByTestId('state')).toContainText('All clear');
  await expect(page.getByTestId('back-entry')).toContainText('Back-entry done in 0 of 2 wards');
});

test('a notice is copied for where Wardcast does not reach', async ({ page, broker }) => {
  const id = await publish(broker, { ticket: 'INC-4711' });
  await openConsole(page, broker, `/notice/${id}`);
  await page.getByText('Copy as: overhead page, phone script, e-mail, ticket note').click();
  await expect(page.getByLabel('Overhead page', { exact: true })).toHaveValue(
    /^Attention, please\. Downtime notice: Lab results are not reaching the EHR\..* I repeat\./,
  );
  await expect(page.getByLabel('Phone script', { exact: true })).toHaveValue(/for which ward\?/);
  await expect(page.getByLabel('E-mail', { exact: true })).toHaveValue(/^Subject: WARNING: Lab/);
  await expect(page.getByLabel('Ticket note', { exact: true })).toHaveValue(/Ticket: INC-4711/);
});

test('an update says why wards are asked again', async ({ page, broker }) => {
  const id = await publish(broker);
  await openConsole(page, broker, `/notice/${id}`);
  await page.getByRole('button', { name: 'Update…' }).click();
  const panel = page.getByRole('form', { name: 'Update' });
  await panel.getByLabel('Headline').fill('Lab results are late');
  await expect(panel.getByText(/They are asked again/)).toHaveCount(0);
  await panel.getByLabel('Do now, one step a line').fill('Call the lab for urgent results');
  await expect(panel).toContainText('They are asked again: “do now” changes.');
  await panel.getByRole('button', { name: 'Send the update' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Lab results are late');
  await expect(page.getByText('round 2')).toBeVisible();
});
