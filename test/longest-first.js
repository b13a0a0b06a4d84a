const { default: Sequencer } = require('@jest/test-sequencer');

/** Files that follow a camera through a minute or more: begun late, they would keep the end of a run waiting. */
const LONG = [
  'streams/outages',
  'incidents/pipeline',
  'hls-player',
  'simulator-streams',
  'streams/database-away',
  'simulator-process',
];

const rank = ({ path }) => {
  const index = LONG.findIndex((name) => path.endsWith(`/test/medium/${name}.spec.ts`));
  return index === -1 ? LONG.length : index;
};

module.exports = class LongestFirst extends Sequencer {
  sort(tests) {
    return super.sort(tests).sort((a, b) => rank(a) - rank(b));
  }
};
