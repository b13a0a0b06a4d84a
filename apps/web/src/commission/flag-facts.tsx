import type { IncidentDetail } from '@app/contracts';
import type { ReactNode } from 'react';
import { SEVERITY_WORDS } from '../flags/severity';
import { clockIn, delayText, momentIn, sizeText } from '../time/format';

/** What is known of a flag, each fact by itself: what was on the screen, when it was pressed, when it arrived. */
export const FlagFacts = ({ incident }: { incident: IncidentDetail }) => {
  const { timezone } = incident.station;
  const moment = (iso: string) => <time dateTime={iso}>{momentIn(Date.parse(iso), timezone)}</time>;
  const { clip, clock } = incident;
  return (
    <section className="panel facts" aria-labelledby="facts-title">
      <h2 id="facts-title">Facts</h2>
      <dl>
        <Fact name="Category">
          {incident.codeLabel} <span className="quiet">({incident.code})</span>
        </Fact>
        <Fact name="Severity">
          {incident.severity} {SEVERITY_WORDS[incident.severity]}
        </Fact>
        <Fact name="Camera">{incident.camera.name}</Fact>
        <Fact name="Reported by">{incident.reporter?.name ?? 'System'}</Fact>
        {incident.outage === null ? (
          <>
            <Fact name="Frame on the screen">
              {moment(incident.at)}
              <span className="mono small quiet">{incident.at}</span>
            </Fact>
            <Fact name="Pressed at">
              {moment(clock.pressedAt)}
              <span className="small quiet">by the clock of the reporter’s computer</span>
            </Fact>
            <Fact name="Delay of the picture">{delayText(clock.delayMs)}</Fact>
          </>
        ) : (
          <Fact name={incident.outage.together ? 'Cameras failed' : 'Camera failed'}>
            {moment(incident.outage.from)}
            <span className="small quiet">
              {incident.outage.to === null ? 'not over yet' : <>until {moment(incident.outage.to)}</>}
            </span>
          </Fact>
        )}
        <Fact name="Received at">{moment(clock.receivedAt)}</Fact>
        <Fact name="Range">
          {clockIn(Date.parse(incident.from), timezone)} to {clockIn(Date.parse(incident.to), timezone)}
        </Fact>
        {clip.state === 'ready' && (
          <>
            <Fact name="Clip">
              {delayText(Date.parse(clip.to) - Date.parse(clip.from))}, {sizeText(clip.bytes)}{' '}
              <a href={clip.clipUrl} download={`flag-${incident.number}.mp4`}>
                Download
              </a>
            </Fact>
            <Fact name="Not recorded">{clip.gapSeconds === 0 ? 'nothing missing' : `${clip.gapSeconds.toFixed(1)} s`}</Fact>
            <Fact name="SHA-256 of the clip">
              <span className="mono small hash">{clip.sha256}</span>
            </Fact>
          </>
        )}
        <Fact name="Version">{incident.version}</Fact>
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
