import { amount, fact, shouldBe, shouldNotBe, type StandardForm, time, when } from './question';
import { assessment, cameras, devicesPresent, ofDevices, surroundings, visit } from './shared';

/** Accounting for unused ballots and securing the box at once, in view of observers, are ACE’s (Vote Counting, vog03). */
export const closing: StandardForm = {
  form: 'closing',
  version: 1,
  sections: [
    { code: 'visit', questions: visit },
    {
      code: 'end-of-voting',
      questions: [
        shouldBe('closed-on-time', 'CLS-01'),
        time('closed-at'),
        fact('queue-at-closing'),
        shouldBe('queue-allowed', 'CLS-01', when('queue-at-closing', 'yes')),
        shouldNotBe('voted-after-closing', 'CLS-01'),
        amount('voters-signed', 20_000),
      ],
    },
    {
      code: 'securing',
      questions: [
        shouldBe('box-slot-sealed', 'CLS-02'),
        amount('unused-ballots', 20_000),
        shouldBe('unused-ballots-counted', 'CLS-02'),
        shouldBe('unused-ballots-cancelled', 'CLS-02'),
      ],
    },
    {
      code: 'devices',
      questions: [
        devicesPresent,
        shouldBe('devices-closed-openly', 'EVT-03', ofDevices),
        shouldBe('device-seals-intact', 'EVT-03', ofDevices),
      ],
    },
    { code: 'cameras', questions: cameras },
    { code: 'surroundings', questions: surroundings },
    { code: 'assessment', questions: assessment },
  ],
};
