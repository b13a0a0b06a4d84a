import type { Camera } from '@app/contracts';
import { useState } from 'react';
import { clockIn, delayText } from '../time/format';
import { EMPTY_RECORD, type CameraRecord, type Span } from './day-record';
import { causeWords } from './gap-words';
import type { Marker } from './ruler-words';

interface Props {
  cameras: readonly Camera[];
  records: ReadonlyMap<string, CameraRecord>;
  markers: readonly Marker[];
  timezone: string;
  onGo: (at: number) => void;
}

type Entry = Span & { kind: 'recorded' | 'gap' | 'flag'; words: string };

const AT_ONCE = 60;

/** The ruler in words: the same content, each entry a way to go there. */
export const DayList = ({ cameras, records, markers, timezone, onGo }: Props) => (
  <details className="day-list" data-testid="day-list">
    <summary>The day as a list</summary>
    <div className="day-list-cameras">
      {cameras.map(({ id, name }) => (
        <section key={id} aria-label={name}>
          <h3 dir="auto">{name}</h3>
          <Entries entries={entriesOf(records.get(id) ?? EMPTY_RECORD)} timezone={timezone} onGo={onGo} />
        </section>
      ))}
      {markers.length > 0 && (
        <section aria-label="Flags">
          <h3>Flags</h3>
          <Entries entries={markers.map(flagEntry)} timezone={timezone} onGo={onGo} />
        </section>
      )}
    </div>
  </details>
);

const Entries = ({ entries, timezone, onGo }: { entries: Entry[]; timezone: string; onGo: (at: number) => void }) => {
  const [most, setMost] = useState(AT_ONCE);
  if (entries.length === 0) return <p className="quiet small">Nothing yet.</p>;
  return (
    <>
      <ul>
        {entries.slice(0, most).map((entry) => (
          <li key={`${entry.kind} ${entry.from} ${entry.words}`}>
            <button type="button" className={`day-entry day-entry-${entry.kind}`} onClick={() => onGo(entry.from)}>
              <span className="day-entry-time">
                {clockIn(entry.from, timezone)}
                {entry.kind !== 'flag' && `–${clockIn(entry.to, timezone)}`}
              </span>
              <span>{entry.words}</span>
            </button>
          </li>
        ))}
      </ul>
      {entries.length > most && (
        <button type="button" className="link-button" onClick={() => setMost(most + AT_ONCE)}>
          Show {Math.min(AT_ONCE, entries.length - most)} more of {entries.length - most}
        </button>
      )}
    </>
  );
};

const entriesOf = ({ recorded, gaps }: CameraRecord): Entry[] =>
  [
    ...recorded.map((span): Entry => ({ ...span, kind: 'recorded', words: `Recorded, ${delayText(span.to - span.from)}` })),
    ...gaps.map((gap): Entry => ({
      ...gap,
      kind: 'gap',
      words: `No recording, ${delayText(gap.to - gap.from)}: ${causeWords(gap.cause)}`,
    })),
  ].sort((a, b) => a.from - b.from);

const flagEntry = ({ at, label }: Marker): Entry => ({ kind: 'flag', from: at, to: at, words: label });
