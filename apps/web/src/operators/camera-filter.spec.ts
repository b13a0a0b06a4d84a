import type { CameraStateName } from '@app/contracts';
import { countsOf, isIn, pageOf } from './camera-filter';

const camera = (state: CameraStateName) => ({ name: 'c', stationCode: '1', state: { state } }) as Parameters<typeof isIn>[1];

describe('groups of cameras', () => {
  it('count what is, and again what needs somebody', () => {
    const states: CameraStateName[] = ['live', 'live', 'late', 'dark', 'down', 'frozen', 'starting', 'planned-off'];
    expect(countsOf(states.map(camera))).toEqual({ live: 2, late: 2, down: 3, off: 1, trouble: 5 });
  });

  it('never count a camera that is planned to be off as trouble', () =>
    expect(isIn('trouble', camera('planned-off'))).toBe(false));
});

describe('pages of a list', () => {
  const items = Array.from({ length: 250 }, (_, index) => index);
  it('are cut from it', () => expect(pageOf(items, 3, 100)).toEqual({ items: items.slice(200), page: 3, pages: 3 }));
  it('that are gone are the last one', () => expect(pageOf(items, 9, 100).page).toBe(3));
  it('are one where there is nothing', () => expect(pageOf([], 1, 100)).toEqual({ items: [], page: 1, pages: 1 }));
});
