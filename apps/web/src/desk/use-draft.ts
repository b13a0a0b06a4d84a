import { useState } from 'react';
import { readLocal, writeLocal } from '../api/session-hint';

/** Text of a form that outlives the page, a lost claim and a dead network; kept on this device until it was sent. */
export const useDraft = (key: string): [string, (text: string) => void] => {
  const stored = `pollglass.draft.${key}`;
  const [text, setText] = useState(() => readLocal(stored) ?? '');
  return [
    text,
    (next) => {
      setText(next);
      writeLocal(stored, next);
    },
  ];
};
