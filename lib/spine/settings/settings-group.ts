// A group of settings: its fields, what each stage has by default, the `-c` keys that set them, and the rules between them.
import type * as z from 'zod';
import type { Stage } from './stages.ts';

export interface SettingsGroup {
  readonly title: string;
  /** A schema for each field; its message says what the field must be, and its description what it does. */
  readonly fields: z.core.$ZodLooseShape;
  readonly defaults: Readonly<Record<Stage, object>>;
  readonly keys: Readonly<Record<string, ContextKey>>;
  /** What is wrong with the keys given beside one another, as sentences. */
  conflicts?(given: GivenKeys): Iterable<string>;
  /**
   * The group's settings of a stage with some of them replaced.
   * @default each object is merged with what replaces a part of it
   * @throws Error for what cannot be replaced on this stage
   */
  combine?(defaults: object, overrides: object): object;
  /**
   * The rules between fields, of this group or of several. They see settings of which no field is checked yet; of a field that is
   * invalid by itself, what they say is not told.
   */
  rules?(settings: object): Iterable<BrokenRule>;
}

/** A key of the CDK's context, which the command line sets with `-c key=value`. */
export interface ContextKey {
  /** Path of the field that it sets: `edge.domain.name`. */
  readonly sets: string;
  /** Makes of the text what the field is set to; `undefined` leaves the field as it is. */
  readonly reads: z.ZodType<unknown, string>;
  /** A field inside what it sets, whose errors name this key too. */
  readonly alsoSets?: string;
  /** @default what the field's message says that it must be */
  readonly values?: string;
  /** @default the field's */
  readonly description?: string;
}

/** The texts of a command line by their keys. */
export type GivenKeys = Readonly<Record<string, string>>;

export interface BrokenRule {
  /** Path of the field that breaks it; none when the rule is not about one field. */
  readonly path?: string;
  readonly message: string;
}

/** Settings before they are checked: any part may be missing, and a name may be any text. */
export type Unchecked<T> = T extends string
  ? string
  : T extends number
    ? number
    : T extends readonly unknown[]
      ? T
      : T extends object
        ? { readonly [K in keyof T]?: Unchecked<T[K]> | undefined }
        : T;

/** What replaces settings of a stage: any part of them, and `off` in place of the edge. */
export type Overrides<Settings> = Omit<Unchecked<Settings>, 'stage' | 'edge'> &
  (Settings extends { readonly edge?: infer Edge }
    ? { readonly edge?: 'off' | Unchecked<NonNullable<Edge>> }
    : unknown);

export type FieldsOf<Fields extends z.core.$ZodLooseShape> = Readonly<z.output<z.ZodObject<Fields>>>;

/** The settings of a stage that has these groups. */
export type SettingsOf<Groups extends readonly SettingsGroup[]> = { readonly stage: Stage } & Together<Groups[number]>;

type Together<Group> = (Group extends SettingsGroup ? (settings: FieldsOf<Group['fields']>) => void : never) extends (
  settings: infer All,
) => void
  ? All
  : never;
