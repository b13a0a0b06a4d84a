/** The demo election's country, which is not on any map: an island group in the middle of the Atlantic. */
export interface DemoStation {
  code: string;
  name: string;
  address: string;
  lat: number;
  lon: number;
}

export interface DemoRegion {
  name: string;
  stations: DemoStation[];
}

export const DEMO_ELECTION_NAME = 'Parliamentary election of Marenna (demonstration)';

export const DEMO_REGIONS: readonly DemoRegion[] = [
  {
    name: 'Northmoor',
    stations: [
      { code: '0101', name: 'Velden Grammar School', address: '4 Chandler Street, Velden', lat: 44.3127, lon: -28.1093 },
      { code: '0102', name: 'Velden Town Hall', address: '1 Market Square, Velden', lat: 44.3151, lon: -28.1022 },
      { code: '0103', name: 'Askholm Fire Station', address: '17 Quarry Road, Askholm', lat: 44.3874, lon: -28.2516 },
    ],
  },
  {
    name: 'Vale of Ister',
    stations: [
      { code: '0204', name: 'Castell Public Library', address: '22 Mill Lane, Castell', lat: 43.9418, lon: -27.8805 },
      { code: '0205', name: 'Castell East Community Centre', address: '9 Orchard Way, Castell', lat: 43.9446, lon: -27.8611 },
      { code: '0206', name: 'Bridgefold Primary School', address: '3 Ferry Street, Bridgefold', lat: 43.8832, lon: -27.9327 },
    ],
  },
  {
    name: 'Southern Isles',
    stations: [
      {
        code: '0307',
        name: 'Port Sorrel Maritime Museum',
        address: '51 Harbour Front, Port Sorrel',
        lat: 43.4209,
        lon: -27.4478,
      },
      { code: '0308', name: 'Tern Island Parish Hall', address: '2 Lighthouse Road, Tern Island', lat: 43.3365, lon: -27.3914 },
    ],
  },
];

export const DEMO_CAMERAS = [
  { name: 'Overview', scene: 'overview' },
  { name: 'Ballot box', scene: 'ballot-box' },
] as const;
