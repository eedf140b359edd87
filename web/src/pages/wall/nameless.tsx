import { useSay } from '../../ui/language.tsx';

// Shown when the address names no board.
export function Nameless() {
  const say = useSay();
  return (
    <main className="wall-message">
      <h1>{say('whichBoard')}</h1>
      <p>{say('boardName', { example: '/wall.html#endpoint=4w-board-01' })}</p>
    </main>
  );
}
