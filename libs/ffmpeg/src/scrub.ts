/** Removes what may be a secret from a line: user and password, SRT passphrase and stream id, query tokens, RTMP play paths. */
export function scrub(text: string): string {
  return (
    text
      // Greedy up to the last @ before a space or quote: passwords contain / and @ more often than hosts do.
      .replace(/\b([a-z][a-z0-9+.-]*:\/\/)[^\s'"]*@/gi, '$1')
      .replace(
        /\b((?:passphrase|streamid|password|passwd|pwd|user|username|token|key|auth|signature|sig)=)[^&\s'",;]*?(?=:?(?:[&\s'",;]|$))/gi,
        '$1…',
      )
      .replace(/\b(rtmps?:\/\/[^/\s'"]+\/)[^\s'"]+?(?=:?(?:[\s'"]|$))/gi, '$1…')
      .replace(/\b(Authorization|WWW-Authenticate):.*/gi, '$1: …')
  );
}
