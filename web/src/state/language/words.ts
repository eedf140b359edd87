import { english } from './english.ts';

export type Language = 'en' | 'de' | 'es' | 'fr';
export type Key = keyof typeof english;
export type Words = Readonly<Record<Key, string>>;

// The words that a part of a page speaks.
export interface Spoken {
  language: Language;
  words: Words;
}

export const inEnglish: Spoken = { language: 'en', words: english };

// The language of a tag as the directory and alerts have it: "de", also "de-CH". Null: the tag is
// empty, or of a language that there are no words in.
export function languageOf(tag: string | undefined): Language | null {
  const [first = ''] = (tag ?? '').toLowerCase().split(/[-_]/);
  return first === 'en' || first === 'de' || first === 'es' || first === 'fr' ? first : null;
}
