import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react';
import type { KeptText } from '../browser.ts';
import { fetchWords, wordsAtHand } from '../state/language/load.ts';
import { say } from '../state/language/say.ts';
import { inEnglish, type Key, type Language, type Spoken } from '../state/language/words.ts';

interface Speech {
  spoken: Spoken;
  // Where words are kept; null: nowhere.
  kept: KeptText | null;
}

const SpeechContext = createContext<Speech>({ spoken: inEnglish, kept: null });

// What stands in it speaks `language`; null: as around it. Until its words have come: those that were
// kept, else as around it.
export function Speaking(props: {
  language: Language | null;
  kept?: KeptText;
  children: ReactNode;
}) {
  const around = useContext(SpeechContext);
  const kept = props.kept ?? around.kept;
  const language = props.language ?? around.spoken.language;
  const [fetched, setFetched] = useState<Spoken | null>(null);
  useEffect(() => {
    let left = false;
    if (language === 'en') return;
    void fetchWords(kept, language).then((spoken) => {
      if (!left && spoken !== null) setFetched(spoken);
    });
    return () => {
      left = true;
    };
  }, [kept, language]);
  const atHand = useMemo(() => wordsAtHand(kept, language), [kept, language]);
  const own = fetched?.language === language ? fetched : atHand;
  const spoken = own ?? around.spoken;
  const value = useMemo(() => ({ spoken, kept }), [spoken, kept]);
  return (
    <SpeechContext value={value}>
      <div className="speech" lang={spoken.language}>
        {props.children}
      </div>
    </SpeechContext>
  );
}

export function useSpoken(): Spoken {
  return useContext(SpeechContext).spoken;
}

export function useSay(): (key: Key, blanks?: Record<string, string>) => string {
  const spoken = useSpoken();
  return (key, blanks) => say(spoken, key, blanks);
}
