import type { Camera } from '@app/contracts';
import { useState, type ReactNode } from 'react';
import { clockIn, delayText } from '../time/format';
import { t } from '../words';
import { Rich } from '../words/rich';
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

type Entry = Span & { key: string; kind: 'recorded' | 'gap' | 'flag'; words: ReactNode };

const AT_ONCE = 60;

/** The ruler in words: the same content, each entry a way to go there. */
export const DayList = ({ cameras, records, markers, timezone, onGo }: Props) => (
  <details className="day-list" data-testid="day-list">
    <summary>{t('past:list.summary')}</summary>
    <div className="day-list-cameras">
      {cameras.map(({ id, name }) => (
        <section key={id} aria-label={name}>
          <h3 dir="auto">{name}</h3>
          <Entries entries={entriesOf(records.get(id) ?? EMPTY_RECORD)} timezone={timezone} onGo={onGo} />
        </section>
      ))}
      {markers.length > 0 && (
        <section aria-label={t('past:list.flags')}>
          <h3>{t('past:list.flags')}</h3>
          <Entries entries={markers.map(flagEntry)} timezone={timezone} onGo={onGo} />
        </section>
      )}
    </div>
  </details>
);

const Entries = ({ entries, timezone, onGo }: { entries: Entry[]; timezone: string; onGo: (at: number) => void }) => {
  const [most, setMost] = useState(AT_ONCE);
  if (entries.length === 0) return <p className="quiet small">{t('past:list.nothing')}</p>;
  return (
    <>
      <ul>
        {entries.slice(0, most).map((entry) => (
          <li key={entry.key}>
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
          {t('past:list.showMore', { more: Math.min(AT_ONCE, entries.length - most), rest: entries.length - most })}
        </button>
      )}
    </>
  );
};

const entriesOf = ({ recorded, gaps }: CameraRecord): Entry[] =>
  [
    ...recorded.map(({ from, to }): Entry => ({
      ...{ from, to, kind: 'recorded', key: `recorded ${from}` },
      words: t('past:list.recorded', { length: delayText(to - from) }),
    })),
    ...gaps.map(({ from, to, cause }): Entry => ({
      ...{ from, to, kind: 'gap', key: `gap ${from} ${cause}` },
      words: t('past:list.gap', { length: delayText(to - from), cause: causeWords(cause) }),
    })),
  ].sort((a, b) => a.from - b.from);

const flagEntry = (marker: Marker): Entry => ({
  ...{ from: marker.at, to: marker.at, kind: 'flag', key: marker.id },
  words: <MarkerWords marker={marker} />,
});

const MarkerWords = ({ marker: { label, number, outcome } }: { marker: Marker }) => (
  <Rich
    text={outcome === null ? 'past:marks.own' : `past:marks.published.${outcome}`}
    values={{ label: label.text, number }}
    components={{ label: <span lang={label.lang} dir="auto" /> }}
  />
);
