const PATHS = {
  play: 'M7 4.5v11l9-5.5z',
  pause: 'M6 4.5h2.8v11H6zM11.2 4.5H14v11h-2.8z',
  live: 'M4 4.5v11l7.5-5.5zM13 4.5h2.5v11H13z',
  muted: 'M3 7.5h3l4-3.5v12l-4-3.5H3zM13 8l4 4M17 8l-4 4',
  sound: 'M3 7.5h3l4-3.5v12l-4-3.5H3zM13 7.2c1.5 1.5 1.5 4.1 0 5.6M15.3 5c2.8 2.7 2.8 7.3 0 10',
  swap: 'M4 7h11l-3-3M16 13H5l3 3',
  columns: 'M3 5h6v10H3zM11 5h6v10h-6z',
  full: 'M3.5 7.5v-4h4M12.5 3.5h4v4M16.5 12.5v4h-4M7.5 16.5h-4v-4',
  flag: 'M5 17.5V3M5 3.5h9.5l-2 3.5 2 3.5H5',
} as const;

const FILLED: ReadonlySet<string> = new Set(['play', 'pause', 'live']);

export const Icon = ({ name }: { name: keyof typeof PATHS }) => (
  <svg viewBox="0 0 20 20" className="icon" aria-hidden="true">
    <path
      d={PATHS[name]}
      fill={FILLED.has(name) ? 'currentColor' : 'none'}
      stroke={FILLED.has(name) ? 'none' : 'currentColor'}
      strokeWidth="1.6"
      strokeLinecap="round"
      strokeLinejoin="round"
    />
  </svg>
);
