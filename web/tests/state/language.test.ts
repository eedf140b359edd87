import { describe, expect, it } from 'vitest';
import { english } from '../../src/state/language/english.ts';
import { french } from '../../src/state/language/french.ts';
import { german } from '../../src/state/language/german.ts';
import { fetchWords, wordsAtHand } from '../../src/state/language/load.ts';
import { say, sayCount, sayItem } from '../../src/state/language/say.ts';
import { spanish } from '../../src/state/language/spanish.ts';
import {
  inEnglish,
  type Key,
  type Language,
  languageOf,
  type Spoken,
  type Words,
} from '../../src/state/language/words.ts';
import { calmSpan, span, when } from '../../src/state/time/words.ts';
import { denver, hour, minute, noon } from '../build_alert.ts';

const spoken: Record<Language, Spoken> = {
  en: inEnglish,
  de: { language: 'de', words: german },
  es: { language: 'es', words: spanish },
  fr: { language: 'fr', words: french },
};
const keys = Object.keys(english) as Key[];
const blanksOf = (text: string) => (text.match(/\{\w+\}/g) ?? []).sort();
const braces = (text: string) => (text.match(/[{}]/g) ?? []).length;

describe.each(Object.entries(spoken))('the words of %s', (language, { words }) => {
  it('are complete, and no blank is lost', () => {
    expect(Object.keys(words).sort()).toEqual([...keys].sort());
    for (const key of keys) {
      expect(words[key].trim(), key).not.toBe('');
      expect(blanksOf(words[key]), key).toEqual(blanksOf(english[key]));
      expect(braces(words[key]), key).toBe(2 * blanksOf(words[key]).length);
    }
  });

  it('are translated', () => {
    const same = keys.filter((key) => words[key] === english[key]);
    if (language !== 'en') expect(same.length).toBeLessThan(20);
  });

  it('know seven weekdays and twelve months', () => {
    expect(words.weekdays.split(' ')).toHaveLength(7);
    expect(words.months.split(' ')).toHaveLength(12);
  });

  it('tell severities and ends apart', () => {
    const said = ['notice', 'caution', 'warning', 'danger', 'allClear', 'recalled'] as const;
    expect(new Set(said.map((key) => words[key])).size).toBe(6);
  });
});

describe('a phrase', () => {
  it('takes what people wrote as it is', () => {
    const said = say(inEnglish, 'changed', { time: '14:20', what: '{time} $& <b>' });
    expect(said).toBe('Changed 14:20: {time} $& <b>');
    expect(say(inEnglish, 'toBeSent')).toBe(' to be sent');
  });

  it('counts as its language does', () => {
    const open = (language: Language, count: number) =>
      sayCount(spoken[language], 'openNoticesOne', 'openNoticesMany', count);
    expect(open('en', 0)).toBe('0 open notices');
    expect(open('en', 1)).toBe('1 open notice');
    expect(open('de', 3)).toBe('3 offene Meldungen');
    expect(open('es', 1)).toBe('1 aviso abierto');
    expect(open('fr', 0)).toBe('0 avis ouvert');
    expect(open('fr', 2)).toBe('2 avis ouverts');
  });

  it('has its weekday, its month and its spans', () => {
    const far = noon + 9 * 24 * hour;
    expect(when(noon + 12 * hour, denver, noon, false, spoken.de)).toBe('Mo 02:00');
    expect(when(far, denver, noon, false, spoken.de)).toBe('Di 1. Dez. 14:00');
    expect(when(far, denver, noon, false, spoken.es)).toBe('mar 1 dic 14:00');
    expect(when(far, denver, noon, false, spoken.fr)).toBe('mar. 1 déc. 14:00');
    expect(span(50 * hour, spoken.de)).toBe('2 Tg. 2 h');
    expect(calmSpan(minute - 1, spoken.fr)).toBe('moins de 1 min');
    expect(sayItem(inEnglish, 'months', 12)).toBe('');
  });
});

describe('the language of a tag', () => {
  it('is one that there are words in, or none', () => {
    expect(['de', 'de-CH', 'DE_at', 'fr', 'es-MX', 'en-US'].map(languageOf)).toEqual([
      'de',
      'de',
      'de',
      'fr',
      'es',
      'en',
    ]);
    expect(['', 'it', 'est', undefined].map(languageOf)).toEqual([null, null, null, null]);
  });
});

describe('words on this PC', () => {
  const shelf = () => {
    const texts = new Map<string, string>();
    return {
      texts,
      get: (key: string) => texts.get(key) ?? null,
      set: (key: string, value: string) => void texts.set(key, value),
      remove: (key: string) => void texts.delete(key),
    };
  };

  it('are kept when they were fetched, for the day on which nothing can be', async () => {
    const kept = shelf();
    expect(wordsAtHand(kept, 'de')).toBeNull();
    expect((await fetchWords(kept, 'de'))?.words.seen).toBe('Gesehen');
    expect(wordsAtHand(kept, 'de')).toEqual(spoken.de);
    expect(wordsAtHand(null, 'en')).toBe(inEnglish);
  });

  it('are said in English where an older page kept fewer, and never as rubbish', () => {
    const kept = shelf();
    kept.set('wardcast-words-de', JSON.stringify({ seen: 'Gesehen', later: 7, alien: 'x' }));
    const words: Words | undefined = wordsAtHand(kept, 'de')?.words;
    expect(words?.seen).toBe('Gesehen');
    expect(words?.call).toBe('Call');
    expect(words).not.toHaveProperty('alien');
    for (const rubbish of ['{', 'null', '3']) {
      kept.set('wardcast-words-de', rubbish);
      expect(wordsAtHand(kept, 'de')).toBeNull();
    }
  });
});
