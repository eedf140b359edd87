import './sign_in.css';
import type { ReactNode } from 'react';

// The frame of everything that comes before the console.
export function FormPage(props: {
  title: string;
  intro: string;
  wrong: { title: string; words: string } | null;
  children: ReactNode;
}) {
  return (
    <main className="sign-in">
      <h1>{props.title}</h1>
      <p>{props.intro}</p>
      {props.wrong === null ? null : (
        <div className="problem" role="alert">
          <strong>{props.wrong.title}</strong>
          <p>{props.wrong.words}</p>
        </div>
      )}
      {props.children}
    </main>
  );
}
