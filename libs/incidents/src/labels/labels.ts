/** Names of the taxonomy in one language. */
export interface Labels {
  groups: Readonly<Record<string, string>>;
  codes: Readonly<Record<string, string>>;
}
