// HTML that is escaped by construction: whatever is put into the template is text, unless it is such HTML itself.

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

class Html {
  readonly markup: string;

  constructor(markup: string) {
    this.markup = markup;
  }
}

/** For elements' content and quoted attribute values; it does not make a URL, a script or a style safe. */
export const html = (literals: TemplateStringsArray, ...values: readonly (string | Html | readonly Html[])[]): Html =>
  new Html(String.raw({ raw: literals }, ...values.map(markupOf)));

function markupOf(value: string | Html | readonly Html[]): string {
  if (typeof value === 'string') return value.replace(/[&<>"']/g, (character) => entities[character] ?? character);
  return value instanceof Html ? value.markup : value.map(({ markup }) => markup).join('');
}
