import { useQuery } from '@tanstack/react-query';
import { useEffect, useId, useState } from 'react';
import { suggestionsQuery } from '../api/queries';
import { stationBadge } from '../station/camera-words';
import { t } from '../words';
import type { CameraRef } from './wall-view';

const TYPING_PAUSE_MS = 250;

/** Finds stations and puts one of their cameras on the wall. */
export const CameraSearch = ({ onAdd }: { onAdd: (camera: CameraRef) => void }) => {
  const id = useId();
  const [text, setText] = useState('');
  const [asked, setAsked] = useState('');
  useEffect(() => {
    const timer = window.setTimeout(() => setAsked(text.trim()), TYPING_PAUSE_MS);
    return () => window.clearTimeout(timer);
  }, [text]);
  const { data } = useQuery(suggestionsQuery(asked));
  const found = asked === '' ? [] : (data?.items ?? []);
  return (
    <div className="wall-search">
      <label className="filter" htmlFor={id}>
        <span className="small quiet">{t('wall:search.label')}</span>
        <input
          id={id}
          type="search"
          className="field"
          autoComplete="off"
          spellCheck={false}
          placeholder={t('wall:search.placeholder')}
          value={text}
          onChange={({ target }) => setText(target.value)}
          onKeyDown={({ key }) => key === 'Escape' && setText('')}
        />
      </label>
      <p className="visually-hidden" role="status">
        {asked === '' || !data ? '' : t('wall:search.found', { count: data.total })}
      </p>
      {found.length > 0 && (
        <ul className="wall-found panel">
          {found.map((station) => (
            <li key={station.id}>
              <p className="small" dir="auto">
                <bdi className="code">{station.code}</bdi> {station.name}{' '}
                <span className="quiet">{stationBadge(station).label}</span>
              </p>
              <p className="wall-found-cameras">
                {station.cameras.map((camera) => (
                  <button
                    key={camera.id}
                    type="button"
                    className="button"
                    onClick={() => {
                      onAdd({ code: station.code, position: camera.position });
                      setText('');
                    }}
                  >
                    <span className="visually-hidden">
                      {t('wall:search.put', { station: station.code, camera: camera.name })}
                    </span>
                    <span aria-hidden="true" dir="auto">
                      + {camera.name}
                    </span>
                  </button>
                ))}
              </p>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
};
