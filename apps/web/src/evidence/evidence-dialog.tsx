import { useId, useRef, useState } from 'react';
import { useKeptFocus } from '../desk/use-kept-focus';
import { useModal } from '../shell/use-modal';
import { t } from '../words';
import { EvidenceForm } from './evidence-form';
import { EvidenceProgress } from './evidence-progress';
import '../styles/evidence.css';

/**
 * A button that opens the dialog for an incident's evidence package. What was asked for goes on when the dialog is closed, and is
 * there when it is opened again.
 */
export const EvidenceDialog = ({ incidentId, number }: { incidentId: string; number: number }) => {
  const { dialog, isOpen, open, close } = useModal();
  const [jobId, setJobId] = useState<string | null>(null);
  const title = useId();
  const heading = useRef<HTMLHeadingElement>(null);
  const kept = useKeptFocus(heading);
  return (
    <>
      <button type="button" className="button" onClick={open} data-testid="evidence-open">
        {t(jobId === null ? 'evidence:open' : 'evidence:openAgain')}
      </button>
      <dialog ref={dialog} className="evidence-dialog panel" aria-labelledby={title} onClose={close} {...kept}>
        {isOpen && (
          <>
            <header className="evidence-head">
              <h2 id={title} ref={heading} tabIndex={-1}>
                {t('evidence:title', { number })}
              </h2>
              <button type="button" className="icon-button" onClick={close}>
                <span className="visually-hidden">{t('terms:labels.close')}</span>
                <svg viewBox="0 0 20 20" aria-hidden="true">
                  <path d="m5 5 10 10M15 5 5 15" stroke="currentColor" strokeWidth="1.8" strokeLinecap="round" />
                </svg>
              </button>
            </header>
            {jobId === null ? (
              <EvidenceForm incidentId={incidentId} onAsked={setJobId} onCancel={close} />
            ) : (
              <EvidenceProgress jobId={jobId} onAgain={() => setJobId(null)} />
            )}
          </>
        )}
      </dialog>
    </>
  );
};
