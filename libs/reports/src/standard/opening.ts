import { amount, shouldBe, type StandardForm, text, time, when } from './question';
import { accessible, assessment, cameras, devicesPresent, ofDevices, surroundings, visit } from './shared';

/**
 * Showing the box empty and recording its seals are ACE’s (Electoral Integrity, vce01); the zero tape, seals on ports and the
 * record of access are NDI’s (guide on e-voting, election day).
 */
export const opening: StandardForm = {
  form: 'opening',
  version: 1,
  sections: [
    { code: 'visit', questions: visit },
    {
      code: 'set-up',
      questions: [
        shouldBe('opened-on-time', 'OPN-01'),
        time('opened-at'),
        amount('ballots-received', 20_000),
        shouldBe('ballots-counted-openly', 'OPN-02'),
        shouldBe('box-shown-empty', 'OPN-02'),
        shouldBe('box-sealed', 'OPN-02'),
        shouldBe('seals-recorded', 'OPN-02', when('box-sealed', 'yes')),
        shouldBe('booths-secret', 'VOT-05'),
        shouldBe('materials-complete', 'OPN-02'),
        text('materials-missing', when('materials-complete', 'no')),
      ],
    },
    {
      code: 'devices',
      questions: [
        devicesPresent,
        shouldBe('devices-match-register', 'EVT-03', ofDevices),
        shouldBe('device-seals-intact', 'EVT-03', ofDevices),
        shouldBe('zero-tape-before-opening', 'EVT-01', ofDevices),
        shouldBe('zero-tape-all-zero', 'EVT-01', when('zero-tape-before-opening', 'yes')),
      ],
    },
    { code: 'cameras', questions: cameras },
    { code: 'surroundings', questions: [...surroundings, accessible] },
    { code: 'assessment', questions: assessment },
  ],
};
