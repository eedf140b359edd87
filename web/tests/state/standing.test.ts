import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { AlertJson } from '../../src/gen/wardcast/v1/alert_pb.ts';
import { roundAt } from '../../src/state/endpoint/held.ts';
import { clearedAt, clearedText, namesAll, standing } from '../../src/state/endpoint/standing.ts';
import { fetchWords } from '../../src/state/language/load.ts';
import type { Language, Spoken } from '../../src/state/language/words.ts';
import { when } from '../../src/state/time/words.ts';

// The table of cases that the agent's windows are held to as well.
interface Table {
  zone: string;
  offsets: { from: string; utcOffsetMinutes: number; abbreviation: string }[];
  site: string;
  ward: string;
  cases: {
    name: string;
    now: string;
    alert: AlertJson;
    presentation: string;
    standing: Record<Language, string>;
    cleared: Record<Language, string>;
  }[];
}
const table = JSON.parse(
  readFileSync(new URL('../../../tests/data/standing.json', import.meta.url), 'utf8'),
) as Table;

describe.each<Language>(['en', 'de', 'es', 'fr'])('where a notice stands, in %s', (language) => {
  it.each(table.cases)('$name', async (one) => {
    const spoken = (await fetchWords(null, language)) as Spoken;
    const now = Date.parse(one.now);
    const round = roundAt(one.alert, table.ward);
    expect(round.presentation).toBe(one.presentation);
    expect(standing(one.alert, round.occasion, table.zone, now, spoken)).toBe(
      one.standing[language],
    );
    expect(clearedText(clearedAt(one.alert, table.site), table.zone, now, spoken)).toBe(
      one.cleared[language],
    );
  });
});

describe('the table of cases', () => {
  it('has the offsets that this zone has', () => {
    for (const { from, abbreviation } of table.offsets) {
      const at = Date.parse(from);
      expect(when(at, table.zone, at, true)).toContain(abbreviation);
    }
  });
});

describe('a part that is clear', () => {
  it('leaves nothing where all services or the whole site work again', () => {
    const alert: AlertJson = {
      services: ['imaging', 'lab'],
      cleared: [{ services: ['lab'] }, { services: ['imaging'], sites: ['main'] }],
    };
    expect(clearedAt(alert, 'main').allHere).toBe(true);
    expect(clearedAt(alert, 'south').allHere).toBe(false);
    expect(clearedAt(alert, '').allHere).toBe(false);
    expect(clearedAt({ ...alert, cleared: [{ sites: ['south'] }] }, 'south').allHere).toBe(true);
    expect(clearedAt({ ...alert, cleared: [] }, 'main').allHere).toBe(false);
  });

  it('need not be said again where what changed names all of it', () => {
    const alert: AlertJson = {
      services: ['imaging', 'lab'],
      serviceNames: ['Imaging', 'Lab'],
      cleared: [{ services: ['lab'], serviceNames: ['Lab'] }],
    };
    const cleared = clearedAt(alert, '');
    expect(namesAll('Lab: working again. Still down: Imaging.', cleared)).toBe(true);
    expect(namesAll('Lab is back.', cleared)).toBe(false);
    expect(namesAll('', clearedAt({}, ''))).toBe(false);
  });
});
