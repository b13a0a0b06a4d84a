import { auditFilterOf, localText } from './audit-filter';

describe('the filter in the address of the audit log', () => {
  it('keeps what it understands and leaves out the rest', () => {
    expect(auditFilterOf({ actor: ' Odil ', action: 'incident', incident: '17', from: '2026-10-25T06:00:00Z', more: 1 })).toEqual(
      {
        actor: 'Odil',
        action: 'incident',
        incident: 17,
        from: '2026-10-25T06:00:00.000Z',
      },
    );
    expect(auditFilterOf({ incident: 'many', station: '!', election: 'x', from: 'today', actor: '' })).toEqual({});
    expect(auditFilterOf({ station: 412 })).toEqual({ station: '412' });
  });

  it('goes through a field for a local time and back to the minute', () => {
    const instant = '2026-10-25T06:07:00.000Z';
    expect(auditFilterOf({ to: localText(instant) }).to).toBe(instant);
    expect(localText(undefined)).toBe('');
  });
});
