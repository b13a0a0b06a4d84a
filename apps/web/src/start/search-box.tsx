import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useId, useState, type KeyboardEvent } from 'react';
import { suggestionsQuery } from '../api/queries';
import { stationBadge } from '../station/camera-words';
import { t } from '../words';

const TYPING_PAUSE_MS = 200;

/**
 * One box for number, name, street or town. Suggestions are a listbox: arrows choose, Enter opens the chosen station, or
 * filters the list below when none is chosen.
 */
export const SearchBox = ({ value, onSearch }: { value: string; onSearch: (q: string) => void }) => {
  const [text, setText] = useState(value);
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState(-1);
  const settled = useSettled(text.trim());
  const { data } = useQuery(suggestionsQuery(settled));
  const navigate = useNavigate();
  const listId = useId();
  const options = open && settled !== '' ? (data?.items ?? []) : [];

  const [searched, setSearched] = useState(value);
  if (searched !== value) {
    setSearched(value);
    setText(value);
  }

  const openStation = (code: string) => {
    setOpen(false);
    void navigate({ to: '/s/$code', params: { code } });
  };
  const submit = () => {
    setOpen(false);
    onSearch(text.trim());
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      setOpen(true);
      if (options.length > 0)
        setActive((active + (event.key === 'ArrowDown' ? 1 : options.length + (active < 0 ? 1 : 0) - 1)) % options.length);
    } else if (event.key === 'Escape' && open) {
      setOpen(false);
      setActive(-1);
    } else if (event.key === 'Enter') {
      event.preventDefault();
      const chosen = options[active];
      if (chosen) openStation(chosen.code);
      else submit();
    }
  };

  return (
    <form
      role="search"
      className="search"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <label className="search-label" htmlFor={`${listId}-input`}>
        {t('start:find')}
      </label>
      <div className="search-row">
        <input
          id={`${listId}-input`}
          type="search"
          role="combobox"
          className="field search-field"
          placeholder={t('start:findBy')}
          autoComplete="off"
          spellCheck={false}
          aria-expanded={options.length > 0}
          aria-controls={listId}
          aria-autocomplete="list"
          aria-activedescendant={active >= 0 && options[active] ? `${listId}-${active}` : undefined}
          value={text}
          onChange={(event) => {
            setText(event.target.value);
            setOpen(true);
            setActive(-1);
            if (event.target.value === '') onSearch('');
          }}
          onKeyDown={onKeyDown}
          onBlur={() => setOpen(false)}
        />
        <button type="submit" className="button button-primary">
          {t('start:search')}
        </button>
        <ul id={listId} role="listbox" aria-label={t('start:stations')} className="suggestions" hidden={options.length === 0}>
          {options.map((station, index) => (
            // The field keeps the focus and handles the keys; the pointer needs no focus of its own here.
            // eslint-disable-next-line jsx-a11y/click-events-have-key-events
            <li
              key={station.id}
              id={`${listId}-${index}`}
              role="option"
              tabIndex={-1}
              aria-selected={index === active}
              className="suggestion"
              onPointerDown={(event) => event.preventDefault()}
              onClick={() => openStation(station.code)}
            >
              <bdi className="code">{station.code}</bdi>
              <span dir="auto" className="suggestion-name">
                {station.name}
                <span className="quiet small"> {station.address ?? station.regionPath.join(' · ')}</span>
              </span>
              <span className="small quiet">{stationBadge(station).label}</span>
            </li>
          ))}
        </ul>
      </div>
      <p className="visually-hidden" role="status">
        {open && settled !== '' && data ? t('start:found', { count: data.total }) : ''}
      </p>
    </form>
  );
};

/** The value once it has stood still for a moment. */
const useSettled = (value: string): string => {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = window.setTimeout(() => setSettled(value), TYPING_PAUSE_MS);
    return () => window.clearTimeout(timer);
  }, [value]);
  return settled;
};
