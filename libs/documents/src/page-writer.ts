import { dirname, join } from 'node:path';
import PDFDocument from 'pdfkit';
import { hashGroups } from './print-times';

const FONTS = join(dirname(require.resolve('@expo-google-fonts/noto-sans/package.json')));
const REGULAR = join(FONTS, '400Regular', 'NotoSans_400Regular.ttf');
const BOLD = join(FONTS, '600SemiBold', 'NotoSans_600SemiBold.ttf');

const MARGIN = 50;
const FOOTER_HEIGHT = 40;
const INK = '#1a1f2b';
const QUIET = '#5b6472';
const RULE = '#d5d9e0';
const LABEL_WIDTH = 150;

export interface PageInfo {
  title: string;
  language: string;
  /** Of the document's dates: the time of the case, so that the same case gives the same bytes. */
  date: Date;
}

export interface Column {
  title: string;
  width: number;
}

/** What the types of the library leave out. */
interface WithImages {
  openImage(image: Buffer): { width: number; height: number };
}

/** A4 pages of headings, facts, pictures and tables. Text of any length flows over pages; nothing is cut off. */
export class PageWriter {
  private readonly document: PDFKit.PDFDocument;

  constructor(info: PageInfo) {
    this.document = new PDFDocument({
      size: 'A4',
      margins: { top: MARGIN, left: MARGIN, right: MARGIN, bottom: MARGIN + FOOTER_HEIGHT },
      bufferPages: true,
      lang: info.language,
      displayTitle: true,
      info: { Title: info.title, Producer: 'Pollglass', Creator: 'Pollglass', CreationDate: info.date, ModDate: info.date },
    });
    this.document.registerFont('regular', REGULAR).registerFont('bold', BOLD).fillColor(INK);
  }

  get width(): number {
    return this.document.page.width - 2 * MARGIN;
  }

  title(title: string, subtitle: string): void {
    this.document.font('bold').fontSize(24).text(title, MARGIN, this.document.y, { width: this.width });
    this.document.font('regular').fontSize(13).fillColor(QUIET).text(subtitle, { width: this.width }).fillColor(INK);
    this.document.moveDown(0.6);
  }

  /** @param room what has to stand below it on the same page, points */
  heading(text: string, room = 110): void {
    this.room(room);
    this.document.moveDown(0.9);
    this.document.font('bold').fontSize(14).text(text, MARGIN, this.document.y, { width: this.width });
    this.document.moveDown(0.35);
  }

  subheading(text: string): void {
    this.room(50);
    this.document.moveDown(0.4);
    this.document.font('bold').fontSize(10.5).text(text, MARGIN, this.document.y, { width: this.width });
    this.document.moveDown(0.2);
  }

  paragraph(text: string, tone: 'plain' | 'quiet' = 'plain'): void {
    this.document.font('regular').fontSize(9.5);
    this.document.fillColor(tone === 'quiet' ? QUIET : INK);
    this.document.text(text, MARGIN, this.document.y, { width: this.width, lineGap: 1.5 }).fillColor(INK);
    this.document.moveDown(0.35);
  }

  steps(steps: readonly string[]): void {
    for (const [index, step] of steps.entries()) {
      this.document.font('regular').fontSize(9.5);
      this.room(this.document.heightOfString(step, { width: this.width - 20, lineGap: 1.5 }));
      const top = this.document.y;
      this.document.font('bold').text(`${index + 1}.`, MARGIN, top, { width: 18 });
      this.document.font('regular').text(step, MARGIN + 20, top, { width: this.width - 20, lineGap: 1.5 });
      this.document.moveDown(0.25);
    }
  }

  /** A name and below each other what is said of it. */
  fact(label: string, lines: readonly string[]): void {
    const width = this.width - LABEL_WIDTH;
    const text = lines.join('\n');
    this.document.font('regular').fontSize(9.5);
    this.room(Math.min(120, this.document.heightOfString(text, { width, lineGap: 1 })) + 6);
    const top = this.document.y;
    this.document.fillColor(QUIET).text(label, MARGIN, top, { width: LABEL_WIDTH - 12, lineGap: 1 });
    const labelEnd = this.document.y;
    this.document.fillColor(INK).text(text, MARGIN + LABEL_WIDTH, top, { width, lineGap: 1 });
    this.document.y = Math.max(labelEnd, this.document.y) + 3;
  }

  /** A picture as wide as the page allows and at most a third of it high, with its caption; both on the same page. */
  picture(jpeg: Buffer, title: string, lines: readonly string[]): void {
    const image = (this.document as unknown as WithImages).openImage(jpeg);
    const scale = Math.min(this.width / image.width, 250 / image.height, 1.5);
    const height = image.height * scale;
    this.room(height + 16 + 13 * (lines.length + 1));
    const top = this.document.y;
    this.document.image(jpeg, MARGIN, top, { width: image.width * scale, height });
    this.document
      .rect(MARGIN, top, image.width * scale, height)
      .lineWidth(0.5)
      .stroke(RULE);
    this.document.y = top + height + 5;
    this.document.font('bold').fontSize(9).text(title, MARGIN, this.document.y, { width: this.width });
    this.document.font('regular').fontSize(9).fillColor(QUIET);
    for (const line of lines) this.document.text(line, { width: this.width });
    this.document.fillColor(INK).moveDown(0.8);
  }

  /** @param columns widths as parts of the page's */
  table(columns: readonly Column[], rows: readonly (readonly string[])[]): void {
    const head = (): void => {
      this.row(
        columns,
        columns.map(({ title }) => title),
        'bold',
      );
    };
    this.room(60);
    head();
    for (const cells of rows) {
      if (this.document.y + this.rowHeight(columns, cells) > this.bottom()) {
        this.document.addPage();
        head();
      }
      this.row(columns, cells, 'regular');
    }
    this.document.moveDown(0.4);
  }

  /** A file with its SHA-256 in groups, each at its own place, so that two of them can be held against each other. */
  hash(name: string, note: string, sha256: string): void {
    this.room(32);
    const top = this.document.y;
    this.document
      .font('regular')
      .fontSize(8)
      .fillColor(INK)
      .text(name, MARGIN, top, { width: this.width - 90, lineBreak: false });
    this.document
      .fillColor(QUIET)
      .text(note, MARGIN, top, { width: this.width, align: 'right', lineBreak: false })
      .fillColor(INK);
    this.document.font('bold').fontSize(8.5);
    const step = this.width / 16;
    for (const [index, group] of hashGroups(sha256).entries())
      this.document.text(group, MARGIN + index * step, top + 12, { lineBreak: false });
    this.document.x = MARGIN;
    this.document.y = top + 28;
  }

  /** Numbers the pages and ends. @returns the whole file */
  async finish(footer: string, pageWords: (page: number, pages: number) => string): Promise<Buffer> {
    const { start, count } = this.document.bufferedPageRange();
    for (let index = 0; index < count; index += 1) {
      this.document.switchToPage(start + index);
      // Below the margin text would begin another page.
      this.document.page.margins.bottom = 0;
      const top = this.document.page.height - MARGIN - 12;
      this.document
        .moveTo(MARGIN, top - 8)
        .lineTo(MARGIN + this.width, top - 8)
        .lineWidth(0.5)
        .stroke(RULE);
      this.document.font('regular').fontSize(8).fillColor(QUIET);
      this.document.text(footer, MARGIN, top, { width: this.width - 110, lineBreak: false });
      this.document.text(pageWords(index + 1, count), MARGIN, top, { width: this.width, align: 'right', lineBreak: false });
    }
    const chunks: Buffer[] = [];
    this.document.on('data', (chunk: Buffer) => chunks.push(chunk));
    const ended = new Promise<void>((resolve, reject) => this.document.once('end', resolve).once('error', reject));
    this.document.end();
    await ended;
    return Buffer.concat(chunks);
  }

  private row(columns: readonly Column[], cells: readonly string[], font: 'bold' | 'regular'): void {
    const top = this.document.y;
    const height = this.rowHeight(columns, cells);
    this.document
      .font(font)
      .fontSize(8.5)
      .fillColor(font === 'bold' ? QUIET : INK);
    let left = MARGIN;
    for (const [index, { width }] of columns.entries()) {
      this.document.text(cells[index] ?? '', left, top + 3, { width: width * this.width - 8, lineGap: 0.5 });
      left += width * this.width;
    }
    this.document
      .moveTo(MARGIN, top + height)
      .lineTo(MARGIN + this.width, top + height)
      .lineWidth(0.5)
      .stroke(RULE);
    this.document.fillColor(INK);
    this.document.x = MARGIN;
    this.document.y = top + height;
  }

  private rowHeight(columns: readonly Column[], cells: readonly string[]): number {
    this.document.font('regular').fontSize(8.5);
    const heights = columns.map(({ width }, index) =>
      this.document.heightOfString(cells[index] ?? '', { width: width * this.width - 8, lineGap: 0.5 }),
    );
    return Math.max(...heights) + 6;
  }

  private room(height: number): void {
    if (this.document.y + height > this.bottom()) this.document.addPage();
  }

  private bottom(): number {
    return this.document.page.height - MARGIN - FOOTER_HEIGHT;
  }
}
