const { default: Sequencer } = require('@jest/test-sequencer');

/**
 * Files that follow a camera through a minute or more: begun late, they would keep the end of a run waiting. The first of e2e is
 * the one that draws the demo's cameras anew whatever happens, so that the others find them drawn.
 */
const FIRST = [
  'medium/streams/outages',
  'medium/incidents/pipeline',
  'medium/hls-player',
  'medium/simulator-streams',
  'medium/streams/database-away',
  'medium/simulator-process',
  'e2e/one-command',
];

const rank = ({ path }) => {
  const index = FIRST.findIndex((name) => path.endsWith(`/test/${name}.spec.ts`));
  return index === -1 ? FIRST.length : index;
};

module.exports = class LongestFirst extends Sequencer {
  sort(tests) {
    return super.sort(tests).sort((a, b) => rank(a) - rank(b));
  }
};
