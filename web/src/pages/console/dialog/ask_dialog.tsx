import './ask_dialog.css';
import { type ReactNode, useEffect, useId, useRef } from 'react';

// A question on top of everything, in the browser's own dialog: what is below can neither be reached
// nor lost, and keys pressed here stay here. Escape leaves it, unless there is no way to leave.
export function AskDialog(props: {
  title: string;
  // Missing: it stays until it is no longer rendered, and covers the page.
  leave?: () => void;
  children: ReactNode;
}) {
  const { leave } = props;
  const title = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const shown = dialog.current;
    shown?.showModal();
    // By itself the browser takes the first field.
    shown?.querySelector<HTMLElement>('[data-autofocus]')?.focus();
    return () => shown?.close();
  }, []);
  return (
    <dialog
      ref={dialog}
      className={leave === undefined ? 'ask cover' : 'ask'}
      aria-labelledby={title}
      onCancel={(event) => {
        event.preventDefault();
        leave?.();
      }}
      onClose={(event) => {
        // The browser closes it at the second Escape whatever was said at the first.
        if (event.currentTarget.open) return;
        if (leave === undefined) event.currentTarget.showModal();
        else leave();
      }}
    >
      <h2 id={title}>{props.title}</h2>
      {props.children}
    </dialog>
  );
}
