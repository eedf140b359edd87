import type { KeptText } from '../../browser.ts';
import { english } from './english.ts';
import { inEnglish, type Language, type Spoken, type Words } from './words.ts';

// English is in the page. The others are fetched when a page speaks them, and kept on this PC, so
// that a page that opens without the broker speaks as it did.

const shelf = (language: Language) => `wardcast-words-${language}`;

// What is at hand without waiting; null: nothing.
export function wordsAtHand(kept: KeptText | null, language: Language): Spoken | null {
  if (language === 'en') return inEnglish;
  const words = readWords(kept?.get(shelf(language)) ?? null);
  return words === null ? null : { language, words };
}

// The words as this version of the page has them; null: they cannot be fetched now.
export async function fetchWords(
  kept: KeptText | null,
  language: Language,
): Promise<Spoken | null> {
  try {
    const words = await imported(language);
    if (language !== 'en') kept?.set(shelf(language), JSON.stringify(words));
    return { language, words };
  } catch {
    return null;
  }
}

async function imported(language: Language): Promise<Words> {
  switch (language) {
    case 'en':
      return english;
    case 'de':
      return (await import('./german.ts')).german;
    case 'es':
      return (await import('./spanish.ts')).spanish;
    case 'fr':
      return (await import('./french.ts')).french;
  }
}

// Kept words of another version may lack some; those are said in English.
function readWords(text: string | null): Words | null {
  if (text === null) return null;
  try {
    const found: unknown = JSON.parse(text);
    if (typeof found !== 'object' || found === null) return null;
    const given = Object.entries(found).filter(
      ([key, value]) => key in english && typeof value === 'string',
    );
    return { ...english, ...Object.fromEntries(given) };
  } catch {
    return null;
  }
}
