import { expect, openConsole, openReceiver, publish, test } from './fixtures.ts';

const full = {
  headline: 'Röntgen: 画像システムが停止 · نظام التصوير متوقف',
  impact: 'Straße, Übergabe; 検査結果は表示されません',
  stillWorks: ['電話', 'الهاتف'],
  instructions: [
    { when: 'DURING', text: 'Papierformulare verwenden – größer drucken' },
    { when: 'DO_NOT', text: '再起動しないでください' },
    {
      when: 'DURING',
      role: 'Stationsleitung',
      text: '<b>not bold</b> <img src=x onerror=alert(1)>',
    },
  ],
  phone: '555-0117',
  phoneFallback: 'Funkkanal 3',
  reason: 'Störung',
  ticket: 'INC-ß',
};

test('every script stands as it was written, and nothing is taken for HTML', async ({
  page,
  broker,
  context,
}) => {
  const id = await publish(broker, full);
  await openReceiver(page, broker);
  const notice = page.locator('.open.first');
  await expect(notice.getByRole('heading', { level: 2 })).toHaveText(full.headline);
  for (const text of [
    full.impact,
    ...full.stillWorks,
    ...full.instructions.map((step) => step.text),
    full.phone,
    full.phoneFallback,
    full.reason,
    full.ticket,
  ]) {
    await expect(notice).toContainText(text);
  }
  await expect(notice.locator('b, img')).toHaveCount(0);
  await expect(notice.getByText('الهاتف')).toBeVisible();
  const desk = await context.newPage();
  await openConsole(desk, broker, `/notice/${id}`);
  await expect(desk.getByRole('heading', { level: 1 })).toHaveText(full.headline);
  const board = await context.newPage();
  await board.goto(`${broker.url}/wall.html#endpoint=4w-board-01`);
  await expect(board.getByRole('heading', { level: 2 })).toHaveText(full.headline);
});
