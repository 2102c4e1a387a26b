// A template tag for HTML in which every value is escaped unless it was made by the tag itself. The reference page is
// made from texts of the contract, and one of them may hold a `<`.

const made: unique symbol = Symbol('html');

/** HTML that is safe to put into a page. */
export interface Html {
  readonly [made]: string;
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const escaped = (text: string): string => text.replaceAll(/[&<>"']/g, (sign) => ESCAPES[sign] ?? '');

type Part = Html | string | number | readonly Html[];

const textOf = (part: Part): string => {
  if (typeof part === 'string' || typeof part === 'number') return escaped(String(part));
  return made in part ? part[made] : part.map((inner) => inner[made]).join('');
};

/** Makes HTML; texts in it are escaped, lists of HTML are joined. */
export const html = (texts: TemplateStringsArray, ...parts: readonly Part[]): Html => ({
  [made]: texts.reduce((all, text, index) => all + textOf(parts[index - 1] ?? '') + text),
});

/** The text of HTML that is done. */
export const pageText = (page: Html): string => page[made];
