import { Button } from '@mantine/core';

// So many rows at a time: old PCs are slow with long lists.
export const rowsAtOnce = 100;

// Shows the next rows of a list that is longer than what is shown; nothing if it is not.
export function ShowMore(props: { total: number; shown: number; show: (rows: number) => void }) {
  const rest = props.total - props.shown;
  if (rest <= 0) return null;
  return (
    <div>
      <Button size="xs" variant="default" onClick={() => props.show(props.shown + rowsAtOnce)}>
        Show {Math.min(rowsAtOnce, rest)} more of {rest}
      </Button>
    </div>
  );
}
