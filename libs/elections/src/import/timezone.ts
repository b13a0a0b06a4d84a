const known = new Map<string, boolean>();

/** Whether this names a time zone of the IANA database. Asked for every row of an import, so answers are kept. */
export function isTimezone(name: string): boolean {
  const answer = known.get(name) ?? isNamed(name);
  if (known.size < 1_000) known.set(name, answer);
  return answer;
}

function isNamed(name: string): boolean {
  // Offsets such as +02:00 know no daylight saving time, although Intl takes them.
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}
