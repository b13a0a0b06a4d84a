import type { IncidentDetail } from '@app/contracts';
import type { ReactNode } from 'react';
import { useCodeLabel } from '../api/incident-codes';
import { severityText } from '../flags/severity';
import { clockIn, decimalText, delayText, momentIn, sizeText } from '../time/format';
import { t } from '../words';
import { Rich } from '../words/rich';

/** What is known of a flag, each fact by itself: what was on the screen, when it was pressed, when it arrived. */
export const FlagFacts = ({ incident }: { incident: IncidentDetail }) => {
  const { timezone } = incident.station;
  const moment = (iso: string) => <time dateTime={iso}>{momentIn(Date.parse(iso), timezone)}</time>;
  const { clip, clock, outage } = incident;
  const label = useCodeLabel()(incident);
  return (
    <section className="panel facts" aria-labelledby="facts-title">
      <h2 id="facts-title">{t('commission:facts.heading')}</h2>
      <dl>
        <Fact name={t('terms:labels.category')}>
          <span lang={label.lang}>{label.text}</span> <span className="quiet">({incident.code})</span>
        </Fact>
        <Fact name={t('terms:labels.severity')}>{severityText(incident.severity)}</Fact>
        <Fact name={t('commission:facts.camera')}>{incident.camera.name}</Fact>
        <Fact name={t('commission:facts.reportedBy')}>{incident.reporter?.name ?? t('terms:bySystem')}</Fact>
        {outage === null ? (
          <>
            <Fact name={t('commission:facts.frame')}>
              {moment(incident.at)}
              <span className="mono small quiet">{incident.at}</span>
            </Fact>
            <Fact name={t('commission:facts.pressedAt')}>
              {moment(clock.pressedAt)}
              <span className="small quiet">{t('commission:facts.reporterClock')}</span>
            </Fact>
            <Fact name={t('commission:facts.delay')}>{delayText(clock.delayMs)}</Fact>
          </>
        ) : (
          <Fact name={t(outage.together ? 'commission:facts.camerasFailed' : 'commission:facts.cameraFailed')}>
            {moment(outage.from)}
            <span className="small quiet">
              {outage.to === null ? (
                t('commission:facts.notOver')
              ) : (
                <Rich
                  text="commission:facts.until"
                  values={{ time: momentIn(Date.parse(outage.to), timezone) }}
                  components={{ time: <time dateTime={outage.to} /> }}
                />
              )}
            </span>
          </Fact>
        )}
        <Fact name={t('commission:facts.receivedAt')}>{moment(clock.receivedAt)}</Fact>
        <Fact name={t('commission:facts.range')}>
          {t('commission:facts.fromTo', {
            from: clockIn(Date.parse(incident.from), timezone),
            to: clockIn(Date.parse(incident.to), timezone),
          })}
        </Fact>
        {clip.state === 'ready' && (
          <>
            <Fact name={t('commission:facts.clip')}>
              {delayText(Date.parse(clip.to) - Date.parse(clip.from))}, {sizeText(clip.bytes)}{' '}
              <a href={clip.clipUrl} download={`flag-${incident.number}.mp4`}>
                {t('commission:facts.download')}
              </a>
            </Fact>
            <Fact name={t('commission:facts.notRecorded')}>
              {clip.gapSeconds === 0
                ? t('commission:facts.nothingMissing')
                : t('time:seconds', { seconds: decimalText(clip.gapSeconds) })}
            </Fact>
            <Fact name={t('commission:facts.clipHash')}>
              <span className="mono small hash">{clip.sha256}</span>
            </Fact>
          </>
        )}
        <Fact name={t('commission:facts.version')}>{incident.version}</Fact>
      </dl>
    </section>
  );
};

const Fact = ({ name, children }: { name: string; children: ReactNode }) => (
  <div className="fact">
    <dt>{name}</dt>
    <dd dir="auto">{children}</dd>
  </div>
);
