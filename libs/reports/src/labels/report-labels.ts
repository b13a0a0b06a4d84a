/** Words of the standard forms in one language; options as `<question>.<option>`. */
export interface ReportLabels {
  sections: Readonly<Record<string, string>>;
  questions: Readonly<Record<string, string>>;
  options: Readonly<Record<string, string>>;
}
