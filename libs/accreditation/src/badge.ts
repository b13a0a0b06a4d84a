import { create } from 'qrcode';

/** Four modules of white around the code, as the standard wants them. */
const QUIET_ZONE = 4;

/**
 * A QR code as the path of an SVG: one unit a module, dark modules as runs along each row. Medium error correction,
 * so that a scratched badge still reads.
 */
export function qrPath(text: string): { size: number; path: string } {
  const { modules } = create(text, { errorCorrectionLevel: 'M' });
  let path = '';
  for (let row = 0; row < modules.size; row += 1)
    for (let column = 0; column < modules.size; column += 1) {
      let run = 0;
      while (column + run < modules.size && modules.get(row, column + run)) run += 1;
      if (run > 0) path += `M${column + QUIET_ZONE} ${row + QUIET_ZONE}h${run}v1h-${run}z`;
      column += run;
    }
  return { size: modules.size + 2 * QUIET_ZONE, path };
}

/** Where a badge is checked: what its QR code says. */
export function checkUrlOf(siteUrl: string, number: string): string {
  return new URL(`/verify/${number}`, siteUrl).href;
}
