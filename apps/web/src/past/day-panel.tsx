import type { Camera, Station } from '@app/contracts';
import { useState, type RefObject } from 'react';
import { useNow } from '../shell/now';
import { dayIn, hourMinuteIn } from '../time/format';
import { t } from '../words';
import { DayList } from './day-list';
import { DayRuler } from './day-ruler';
import { ZOOMS, type Zoom } from './ruler-scale';
import type { Marker } from './ruler-words';
import { TimeField } from './time-field';
import { usePastSnapshot, type Past } from './use-past';
import '../styles/day.css';

interface Props {
  station: Station;
  chosen: Camera;
  past: Past;
  markers: readonly Marker[];
  timeField: RefObject<HTMLInputElement | null>;
}

/** The station's day: what is on record of it, and the ways to go there. */
export const DayPanel = ({ station, chosen, past, markers, timeField }: Props) => {
  const [zoom, setZoom] = useState<Zoom>('day');
  const now = useNow();
  const shown = usePastSnapshot(past.player);
  const { timezone, cameras } = station;
  const { day, records } = past;
  return (
    <section className="panel day" aria-label={t('past:day.heading')}>
      <div className="day-head">
        <h2>{t('past:day.heading')}</h2>
        <p className="small quiet">
          {t('past:day.range', {
            date: dayIn(day.from, timezone),
            from: hourMinuteIn(day.from, timezone),
            to: hourMinuteIn(day.to, timezone),
          })}
        </p>
        <div className="day-tools">
          <fieldset className="zoom">
            <legend className="visually-hidden">{t('past:day.rulerShows')}</legend>
            {(Object.keys(ZOOMS) as Zoom[]).map((each) => (
              <button key={each} type="button" className="zoom-button" aria-pressed={zoom === each} onClick={() => setZoom(each)}>
                {t(`past:day.zooms.${each}`)}
              </button>
            ))}
          </fieldset>
          <TimeField day={day} timezone={timezone} field={timeField} onTime={past.goTo} />
        </div>
      </div>
      <DayRuler
        past={past}
        at={shown?.at ?? now}
        now={now}
        zoom={zoom}
        timezone={timezone}
        cameras={cameras}
        chosen={chosen}
        markers={markers}
      />
      <ul className="legend small quiet" aria-hidden="true">
        <li>
          <span className="legend-recorded" /> {t('past:day.recorded')}
        </li>
        <li>
          <span className="legend-gap" /> {t('past:day.gap')}
        </li>
        <li>
          <span className="legend-flag" /> {t('past:day.flag')}
        </li>
      </ul>
      <DayList cameras={cameras} records={records} markers={markers} timezone={timezone} onGo={past.goTo} />
    </section>
  );
};
