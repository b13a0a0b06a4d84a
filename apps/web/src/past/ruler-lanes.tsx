import type { Camera } from '@app/contracts';
import { memo } from 'react';
import { EMPTY_RECORD, type CameraRecord, type Span } from './day-record';
import type { Marker } from './ruler-words';
import { fractionOf, partIn, ticksOf } from './ruler-scale';

interface Props {
  cameras: readonly Camera[];
  records: ReadonlyMap<string, CameraRecord>;
  markers: readonly Marker[];
  view: Span;
  timezone: string;
}

const MOST_TICKS = 8;
const percent = (fraction: number): string => `${(fraction * 100).toFixed(3)}%`;

/** What is drawn of the day: a lane for each camera, recorded or hatched, marks of the clock, and flags. Said in words elsewhere. */
export const RulerLanes = memo(({ cameras, records, markers, view, timezone }: Props) => (
  <div className="lanes" aria-hidden="true">
    {cameras.map(({ id }) => (
      <div key={id} className="lane">
        <Pieces className="lane-recorded" view={view} spans={(records.get(id) ?? EMPTY_RECORD).recorded} />
        <Pieces className="lane-gap" view={view} spans={(records.get(id) ?? EMPTY_RECORD).gaps} />
      </div>
    ))}
    {ticksOf(view, timezone, MOST_TICKS).map(({ at, label }) => (
      <span key={at} className="tick" style={{ left: percent(fractionOf(view, at)) }}>
        {label}
      </span>
    ))}
    {markers
      .filter(({ at }) => at >= view.from && at < view.to)
      .map(({ id, at }) => (
        <span key={id} className="ruler-flag" style={{ left: percent(fractionOf(view, at)) }} />
      ))}
  </div>
));
RulerLanes.displayName = 'RulerLanes';

const Pieces = ({ className, view, spans }: { className: string; view: Span; spans: readonly Span[] }) =>
  spans.map((span) => {
    const part = partIn(view, span);
    return (
      part && <span key={span.from} className={className} style={{ left: percent(part.start), width: percent(part.size) }} />
    );
  });
