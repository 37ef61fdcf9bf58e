// What a notification says, before it is rendered as text and as HTML.

/**
 * The words of a notification, in the order of its parts. All of it is plain text in any script: rendering escapes it, so what
 * people wrote goes in as they wrote it.
 */
export interface Content {
  /** The heading too. Line breaks in it become spaces. */
  readonly subject: string;
  /** Paragraphs before the rows. */
  readonly opening: readonly string[];
  /** A small table of labels and values. @default none */
  readonly rows?: readonly Row[];
  /** Paragraphs after the rows. @default none */
  readonly closing?: readonly string[];
  /** BCP 47, for screen readers and hyphenation. @default 'en' */
  readonly language?: string;
}

export type Row = readonly [label: string, value: string];

/** @param about what the declaration has gathered from the stream's history */
export type Template<About, Event> = (about: About, event: Event) => Content;
