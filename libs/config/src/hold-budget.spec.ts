import { readHoldBudget } from './hold-budget';

describe('the budget of holds', () => {
  it.each([
    ['50%', { kind: 'share', share: 0.5 }],
    ['1 %', { kind: 'share', share: 0.01 }],
    ['200GB', { kind: 'bytes', bytes: 200e9 }],
    ['1.5 tb', { kind: 'bytes', bytes: 1.5e12 }],
    ['0%', undefined],
    ['96%', undefined],
    ['0GB', undefined],
    ['100', undefined],
    ['-5GB', undefined],
    ['1e3GB', undefined],
    ['half', undefined],
  ])('%s is %j', (text, setting) => {
    expect(readHoldBudget(text)).toEqual(setting);
  });
});
