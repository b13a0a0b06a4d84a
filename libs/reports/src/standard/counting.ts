import { amount, shouldBe, shouldNotBe, type StandardForm, time } from './question';
import { assessment, devicesPresent, ofDevices, surroundings, visit } from './shared';

/**
 * Three reconciliations, equal judgement of ballots and the handling of what is packed are ACE’s (Polling Operations, poh03a03);
 * protocols that were signed early, differed or were not posted stand in ODIHR’s interim reports on Georgia (2008) and Ukraine (2012);
 * filming the whole count in that of Promo-LEX (2019). Whether the printed result is the sent one is NDI’s (guide on e-voting, tabulation).
 */
export const counting: StandardForm = {
  form: 'counting',
  version: 1,
  sections: [
    { code: 'visit', questions: visit },
    {
      code: 'count',
      questions: [
        time('count-began-at'),
        shouldBe('count-visible', 'CNT-01'),
        shouldBe('box-intact-before-count', 'VOT-07'),
        amount('ballots-in-box', 20_000),
        shouldBe('figures-reconcile', 'CNT-03'),
        shouldBe('ballots-shown', 'CNT-02'),
        shouldBe('validity-judged-equally', 'CNT-02'),
        amount('ballots-invalid', 20_000),
        shouldNotBe('ballots-added', 'CNT-02'),
      ],
    },
    {
      code: 'protocol',
      questions: [
        shouldBe('protocol-filled-openly', 'CNT-04'),
        shouldNotBe('protocol-signed-early', 'CNT-04'),
        shouldBe('protocol-posted', 'CNT-04'),
        shouldBe('protocol-copies-given', 'CNT-04'),
      ],
    },
    {
      code: 'devices',
      questions: [
        devicesPresent,
        shouldBe('result-tape-printed', 'EVT-04', ofDevices),
        shouldBe('result-tape-matches', 'EVT-04', ofDevices),
        shouldBe('results-sent-openly', 'TAB-02', ofDevices),
      ],
    },
    { code: 'cameras', questions: [shouldBe('cameras-on', 'CAM-01'), shouldBe('count-in-view', 'CAM-01')] },
    { code: 'surroundings', questions: surroundings.filter(({ code }) => code !== 'campaign-material') },
    { code: 'assessment', questions: assessment },
  ],
};
