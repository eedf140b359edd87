import { describe, expect, it } from 'vitest';
import { answerLines } from '../../src/state/endpoint/answer_lines.ts';
import { emptyState } from '../../src/state/endpoint/held.ts';
import {
  forgettableReports,
  type Outbox,
  type OutboxItem,
  reportOf,
  settle,
  toSend,
} from '../../src/state/endpoint/outbox.ts';
import { pressItem } from '../../src/state/endpoint/press.ts';
import { receiptOnce } from '../../src/state/endpoint/receipt.ts';
import { heldOf, life, noon } from '../build_alert.ts';

const held = heldOf();
const answer = {
  response: 'PROCEDURE_STARTED',
  help: 'UNSPECIFIED',
  initials: ' J.R. ',
  role: 'charge nurse',
} as const;
const press = pressItem('P1', '4w-pc-01', held, '4w', answer, noon);
const boxOf = (...items: OutboxItem[]): Outbox => new Map(items.map((item) => [item.id, item]));
const settled = (outbox: Outbox, changed: OutboxItem[]): Outbox =>
  new Map([...outbox, ...changed.map((item) => [item.id, item] as const)]);

function receipt(id: string, outbox: Outbox = new Map(), part = {}) {
  const item = receiptOnce(id, '4w-pc-01', heldOf(part), '4w', 'DISPLAYED', outbox, noon);
  if (item === null) throw new Error('there is one already');
  return item;
}

describe('outbox', () => {
  it('sends presses before receipts, oldest first', () => {
    const box = boxOf(receipt('R1'), { ...press, id: 'P2' }, press);
    expect(toSend(box, life, noon).map(({ id }) => id)).toEqual(['P1', 'P2', 'R1']);
  });

  it('carries ward and round that were on the screen', () => {
    const override = heldOf({ round: 1, wardOverrides: [{ wardId: '4w', round: 3 }] });
    const item = pressItem('P1', '4w-pc-01', override, '4w', answer, noon);
    expect(reportOf('4w-pc-01', [item])).toEqual({
      endpointId: '4w-pc-01',
      receipts: [],
      acknowledgements: [
        {
          id: 'P1',
          alertId: 'A1',
          logId: 'log-a',
          generation: '1',
          round: 3,
          wardId: '4w',
          response: 'PROCEDURE_STARTED',
          help: 'UNSPECIFIED',
          person: { initials: 'J.R.', role: 'charge nurse' },
          pressedAt: '2026-11-22T21:00:00.000Z',
        },
      ],
    });
  });

  it('makes one receipt for an alert, a round and a kind', () => {
    const box = boxOf(receipt('R1'));
    expect(receiptOnce('R2', '4w-pc-01', held, '4w', 'DISPLAYED', box, noon)).toBeNull();
    expect(receiptOnce('R2', '4w-pc-01', held, '4w', 'SEEN', box, noon)).not.toBeNull();
    expect(
      receiptOnce('R2', '4w-pc-01', heldOf({ round: 2 }), '4w', 'DISPLAYED', box, noon),
    ).not.toBeNull();
  });

  it('is confirmed only by the broker, and sends what was not named again', () => {
    const box = boxOf(press, receipt('R1'));
    const next = settled(box, settle(box, { recordedIds: ['P1'] }, life, noon));
    expect(next.get('P1')?.delivery).toEqual({ case: 'confirmed', life: 'log-a/1' });
    expect(toSend(next, life, noon).map(({ id }) => id)).toEqual(['R1']);
  });

  it('tells a new generation again', () => {
    const box = settled(boxOf(press), settle(boxOf(press), { recordedIds: ['P1'] }, life, noon));
    expect(toSend(box, { ...life, generation: 2n }, noon)).toHaveLength(1);
  });

  it('gives up what no broker knows for eight days', () => {
    const refused = [{ id: 'P1', reason: 'not known here', retry: true }];
    const week = 7 * 24 * 3_600_000;
    const [kept] = settle(boxOf(press), { refused }, life, noon + week);
    expect(kept?.delivery.case).toBe('later');
    const [gone] = settle(boxOf(press), { refused }, life, noon + week + week / 7);
    expect(gone?.delivery).toEqual({ case: 'refused', reason: 'not known here' });
  });

  it('tries a refusal with retry again after a pause, and never one without', () => {
    const later = settle(
      boxOf(press),
      { refused: [{ id: 'P1', reason: 'not known here', retry: true }] },
      life,
      noon,
    );
    const box = settled(boxOf(press), later);
    expect(toSend(box, life, noon + 29_999)).toHaveLength(0);
    expect(toSend(box, life, noon + 30_000)).toHaveLength(1);
    const no = settled(
      box,
      settle(box, { refused: [{ id: 'P1', reason: 'not permitted' }] }, life, noon),
    );
    expect(toSend(no, life, noon + 1e9)).toHaveLength(0);
    expect(no.get('P1')?.delivery).toEqual({ case: 'refused', reason: 'not permitted' });
  });

  it('ignores answers about what it does not have', () => {
    expect(
      settle(boxOf(press), { recordedIds: ['X'], refused: [{ id: 'Y' }] }, life, noon),
    ).toEqual([]);
  });

  it('never forgets what is not confirmed', () => {
    const box = boxOf(press, receipt('R1'));
    expect(forgettableReports(box, emptyState)).toEqual([]);
    const done = settled(box, settle(box, { recordedIds: ['P1', 'R1'] }, life, noon));
    expect(forgettableReports(done, emptyState)).toEqual(['P1', 'R1']);
    expect(forgettableReports(done, { ...emptyState, held: new Map([['A1', held]]) })).toEqual([]);
  });
});

describe('what the ward reads about its answer', () => {
  const lines = (box: Outbox, answers: object[] = []) =>
    answerLines({ ...held, answers }, '4w', '4 West', box);

  it('says sending until the broker has confirmed', () => {
    expect(lines(boxOf(press)).lines.map((line) => line.case)).toEqual(['sending']);
    expect(lines(boxOf(press)).answered).toBe(true);
  });

  it('says recorded once, in the broker’s words when they have come', () => {
    const box = settled(boxOf(press), settle(boxOf(press), { recordedIds: ['P1'] }, life, noon));
    expect(lines(box).lines.map((line) => line.case)).toEqual(['recorded']);
    const recorded = {
      alertId: 'A1',
      wardId: '4w',
      round: 1,
      response: 'PROCEDURE_STARTED',
      by: '4W-PC-01',
      person: { initials: 'J.R.', role: 'charge nurse' },
    };
    const { lines: both } = lines(box, [recorded]);
    expect(both).toHaveLength(1);
    expect(both[0]?.text).toBe('4 West: procedure started · J.R., charge nurse, 4W-PC-01');
  });

  it('shows a refusal, and that the ward has not answered', () => {
    const refusal = { refused: [{ id: 'P1', reason: 'this ward is not concerned' }] };
    const box = settled(boxOf(press), settle(boxOf(press), refusal, life, noon));
    const { lines: shown, answered } = lines(box);
    expect(shown[0]).toMatchObject({ case: 'refused', reason: 'This ward is not concerned' });
    expect(answered).toBe(false);
  });

  it('asks again after a new round', () => {
    const earlier = {
      alertId: 'A1',
      wardId: '4w',
      round: 1,
      response: 'NOT_AFFECTED',
      by: '4W-PC-03',
    } as const;
    const next = { ...heldOf({ round: 2 }), answers: [earlier] };
    const shown = answerLines(next, '4w', '4 West', new Map());
    expect(shown.answered).toBe(false);
    expect(shown.lines[0]?.text).toBe(
      '4 West answered before the change: not affected (4W-PC-03, person unknown)',
    );
  });
});
