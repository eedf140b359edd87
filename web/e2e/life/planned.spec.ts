import type { Broker } from '../broker.ts';
import { chooseService, expect, openConsole, publish, test } from '../fixtures.ts';

const minute = 60_000;
const soon = (ms: number) => ({ at: new Date(Date.now() + ms).toISOString() });

const work = (broker: Broker, start: number, end: number) =>
  publish(broker, {
    phase: 'ANNOUNCED',
    impact: 'Not available from {start}.',
    kind: 'PLANNED_DOWNTIME',
    severity: 'MODERATE',
    headline: 'Imaging gets new disks',
    services: ['pacs'],
    start: soon(start),
    expectedEnd: soon(end),
  });

interface Stored {
  phase: string;
  impact: string;
  start?: { at: string };
  expectedEnd?: { at: string };
  startedAt?: { at: string };
}

async function stored(broker: Broker, alertId: string): Promise<Stored> {
  const { alert } = await broker.call<{ alert: Stored }>('AlertService/GetAlert', { alertId });
  return alert;
}

test('planned work is listed before it begins, and postponed', async ({ page, broker }) => {
  const id = await work(broker, 120 * minute, 240 * minute);
  await openConsole(page, broker);
  await expect(page.getByRole('region', { name: 'The next 24 hours' })).toContainText(
    'Imaging gets new disks',
  );
  await page.goto(`${broker.url}/#/planned`);
  await page
    .getByRole('region', { name: 'Planned and scheduled' })
    .getByRole('link', { name: 'Imaging gets new disks' })
    .click();
  await expect(page.getByRole('button', { name: 'Extend…' })).toHaveCount(0);
  await page.getByRole('button', { name: 'Postpone…' }).click();
  const panel = page.getByRole('form', { name: 'Postpone' });
  await expect(panel.getByLabel(/^New start/)).toBeFocused();
  await panel.getByLabel(/^New start/).fill('2020-01-15T03:00');
  await expect(panel.getByText('This has passed: choose a later time.')).toBeVisible();
  const day = new Date(Date.now() + 30 * 24 * 60 * minute).toISOString().slice(0, 10);
  await panel.getByLabel(/^New start/).fill(`${day}T03:00`);
  await panel.getByLabel('Why (wards read it)').fill('The disks come later.');
  await panel.getByRole('button', { name: 'Postpone', exact: true }).click();
  await expect(panel).toHaveCount(0);
  const moved = await stored(broker, id);
  expect(moved.phase).toBe('POSTPONED');
  // 03:00 in Denver, and as long as before.
  expect(moved.start?.at).toMatch(/T(09|10):00:00/);
  const length = Date.parse(moved.expectedEnd?.at ?? '') - Date.parse(moved.start?.at ?? '');
  expect(Math.abs(length - 120 * minute)).toBeLessThan(1_000);
  // The texts follow, by their blanks.
  expect(moved.impact).toMatch(/^Not available from \w+ \d+ \w+ 03:00( \w+)?\.$/);
  await page.goto(`${broker.url}/#/`);
  await expect(page.getByRole('heading', { name: 'Live now' })).toBeVisible();
  await expect(page.getByRole('region', { name: 'The next 24 hours' })).toHaveCount(0);
});

test('a person says that the work has begun, and that it takes longer', async ({
  page,
  broker,
}) => {
  const id = await work(broker, 4_000, 60 * minute);
  await openConsole(page, broker, `/notice/${id}`);
  const question = page.getByRole('region', { name: 'Has the work started?' });
  await expect(question).toBeVisible();
  await question.getByRole('button', { name: 'Yes, now' }).click();
  await expect(question).toHaveCount(0);
  const before = await stored(broker, id);
  expect(before.startedAt).toBeDefined();
  await page.getByRole('button', { name: 'Extend…' }).click();
  const panel = page.getByRole('form', { name: 'Extend' });
  await panel.getByRole('button', { name: '2 h more' }).click();
  await panel.getByRole('button', { name: 'Say so to the wards' }).click();
  await expect(panel).toHaveCount(0);
  await expect(page.getByTestId('state')).toHaveText('Takes longer than said');
  const after = await stored(broker, id);
  const longer = Date.parse(after.expectedEnd?.at ?? '') - Date.parse(before.expectedEnd?.at ?? '');
  // Typed to the minute.
  expect(Math.abs(longer - 120 * minute)).toBeLessThan(minute);
});

test('“No, postpone it…” opens the panel in place', async ({ page, broker }) => {
  const id = await work(broker, 4_000, 60 * minute);
  await openConsole(page, broker, `/notice/${id}`);
  await page
    .getByRole('region', { name: 'Has the work started?' })
    .getByRole('button', { name: 'No, postpone it…' })
    .click();
  await page.getByRole('button', { name: 'Postpone without a new time' }).click();
  await expect(page.getByRole('region', { name: 'Has the work started?' })).toHaveCount(0);
  expect((await stored(broker, id)).start).toBeUndefined();
});

test('the hour that clocks skip is refused, and of the doubled one it is asked which', async ({
  page,
  broker,
}) => {
  await openConsole(page, broker, '/new');
  await page.locator('[data-template="planned-downtime"]').click();
  await chooseService(page, 'Imaging');
  await expect(page.getByTestId('reach')).toContainText('Reaches');
  const field = page.getByLabel('Since or from: day and time', { exact: true });
  await field.fill('2027-03-14T02:30');
  await expect(page.getByText(/The clocks skip this time/)).toBeVisible();
  await field.fill('2027-11-07T01:30');
  await expect(page.getByText(/The clocks skip this time/)).toHaveCount(0);
  const preview = page.getByLabel('Preview: what wards see');
  await expect(preview).toContainText('01:30 MDT');
  await page
    .getByLabel('Since or from: day and time: which of the two')
    .selectOption({ label: 'Second time (MST)' });
  await expect(preview).toContainText('01:30 MST');
});

test('a notice that goes out later waits on the list, and is taken away there', async ({
  page,
  broker,
}) => {
  const id = await publish(broker, { sendAt: soon(120 * minute) });
  await openConsole(page, broker);
  await expect(page.getByText('No notice is open.')).toBeVisible();
  await page
    .getByRole('region', { name: 'The next 24 hours' })
    .getByRole('link', { name: 'Lab results are not reaching the EHR' })
    .click();
  await expect(page.getByTestId('state')).toContainText('Goes out');
  await expect(page.getByRole('region', { name: 'Whom it reaches' })).toContainText('1 ward');
  await page.getByRole('button', { name: 'Take it away…' }).click();
  await page.getByRole('button', { name: 'Take it away', exact: true }).click();
  await expect(page.getByTestId('state')).toContainText('Recalled');
  expect(page.url()).toContain(id);
});
