import { amount, choice, fact, shouldBe, shouldNotBe, text, time, when } from './question';

/** What a visit to a station begins with. */
export const visit = [time('arrived-at'), amount('commission-members', 200), fact('other-observers')];

/**
 * Cameras that were off, covered or did not show the count were reported by Promo-LEX (Moldova, 2019); cameras that did not
 * ensure secrecy in 63 visited stations by ODIHR (Georgia, 2008).
 */
export const cameras = [
  shouldBe('cameras-on', 'CAM-01'),
  shouldBe('cameras-in-view', 'CAM-01'),
  shouldNotBe('cameras-see-booth', 'VOT-05'),
];

export const surroundings = [
  shouldNotBe('campaign-material', 'ENV-03'),
  shouldNotBe('unauthorised-persons', 'ENV-02'),
  shouldNotBe('intimidation', 'ENV-01'),
  shouldNotBe('observers-obstructed', 'ENV-04'),
];

export const accessible = choice('accessible', ['without-help', 'with-help', 'not-accessible'], {
  in: ['not-accessible'],
  incident: null,
});

export const devicesPresent = fact('devices-present');
export const ofDevices = when('devices-present', 'yes');

/** Four steps, as observer missions grade a visit; the middle is left out so that one has to choose a side. */
export const assessment = [
  choice('assessment', ['very-good', 'good', 'bad', 'very-bad'], { in: ['bad', 'very-bad'], incident: null }),
  text('remarks'),
];
