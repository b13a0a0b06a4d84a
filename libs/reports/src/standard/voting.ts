import { amount, choice, shouldBe, shouldNotBe, type StandardForm, when } from './question';
import { accessible, assessment, cameras, devicesPresent, ofDevices, surroundings, visit } from './shared';

/**
 * Overcrowding, intimidation and people who direct the work stand in ODIHR’s interim report on Ukraine (2012), disregarded
 * procedures and stuffing in its report on Azerbaijan (2018); unattended technicians and device failures in NDI’s guide on e-voting.
 */
export const voting: StandardForm = {
  form: 'voting',
  version: 1,
  sections: [
    { code: 'visit', questions: visit },
    {
      code: 'voters',
      questions: [
        amount('voters-on-list', 20_000),
        amount('voters-voted', 20_000),
        choice('queue', ['none', 'up-to-15-minutes', 'up-to-30-minutes', 'longer'], { in: ['longer'], incident: 'VOT-06' }),
        shouldBe('identity-checked', 'VOT-03'),
        shouldBe('list-signed', 'VOT-03'),
        shouldNotBe('voters-turned-away', 'VOT-06'),
        amount('voters-turned-away-count', 5_000, when('voters-turned-away', 'yes')),
      ],
    },
    {
      code: 'ballots',
      questions: [
        shouldBe('voted-in-secret', 'VOT-05'),
        shouldNotBe('group-voting', 'VOT-04'),
        shouldNotBe('voting-for-others', 'VOT-02'),
        shouldNotBe('stuffing-signs', 'VOT-01'),
        shouldBe('box-sealed', 'VOT-07'),
      ],
    },
    {
      code: 'devices',
      questions: [
        devicesPresent,
        shouldBe('device-seals-intact', 'EVT-03', ofDevices),
        shouldNotBe('device-failed', 'EVT-02', ofDevices),
        shouldBe('device-used-in-secret', 'VOT-05', ofDevices),
        shouldNotBe('technician-unattended', 'EVT-03', ofDevices),
      ],
    },
    { code: 'cameras', questions: cameras },
    { code: 'surroundings', questions: [...surroundings, accessible] },
    { code: 'assessment', questions: assessment },
  ],
};
