// Makes the values of secrets that the template leaves to Secrets Manager: `GenerateSecretString`.
import { randomInt } from 'node:crypto';
import * as z from 'zod';

const characters = {
  lowercase: 'abcdefghijklmnopqrstuvwxyz',
  uppercase: 'ABCDEFGHIJKLMNOPQRSTUVWXYZ',
  numbers: '0123456789',
  punctuation: '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~',
  space: ' ',
} as const;

const jsonObject = z.string().transform((text, context): Record<string, unknown> => {
  const { data } = z.record(z.string(), z.unknown()).safeParse(parsed(text));
  if (data !== undefined) return data;
  context.addIssue({ code: 'custom', message: 'must be a JSON object' });
  return z.NEVER;
});

/** With the defaults of Secrets Manager. A property that is not here is refused. */
export const generateSecretString = z
  .strictObject({
    PasswordLength: z.int().min(1).max(4096).default(32),
    ExcludeCharacters: z.string().max(4096).default(''),
    ExcludeLowercase: z.boolean().default(false),
    ExcludeUppercase: z.boolean().default(false),
    ExcludeNumbers: z.boolean().default(false),
    ExcludePunctuation: z.boolean().default(false),
    IncludeSpace: z.boolean().default(false),
    RequireEachIncludedType: z.boolean().default(true),
    SecretStringTemplate: jsonObject.optional(),
    GenerateStringKey: z.string().min(1).optional(),
  })
  .refine(
    ({ SecretStringTemplate: template, GenerateStringKey: key }) => (template === undefined) === (key === undefined),
    'SecretStringTemplate and GenerateStringKey need each other',
  )
  .refine(
    (settings) => alphabets(settings).length > 0 && alphabets(settings).every((alphabet) => alphabet !== ''),
    'of every type of character that is not excluded, at least one must be left',
  )
  .refine(
    (settings) => !settings.RequireEachIncludedType || settings.PasswordLength >= alphabets(settings).length,
    'PasswordLength must leave room for a character of each type',
  );

export type PasswordSettings = z.output<typeof generateSecretString>;

/** A new value: the password, or the JSON of the template with the password under its key. */
export function generatedValue(settings: PasswordSettings): string {
  const { SecretStringTemplate: template, GenerateStringKey: key } = settings;
  const password = generatedPassword(settings);
  return template === undefined || key === undefined ? password : JSON.stringify({ ...template, [key]: password });
}

function generatedPassword(settings: PasswordSettings): string {
  const types = alphabets(settings);
  const alphabet = types.join('');
  for (;;) {
    const drawn = Array.from({ length: settings.PasswordLength }, () => alphabet.charAt(randomInt(alphabet.length)));
    const hasEachType = types.every((type) => drawn.some((character) => type.includes(character)));
    if (hasEachType || !settings.RequireEachIncludedType) return drawn.join('');
  }
}

interface CharacterChoice {
  readonly ExcludeCharacters: string;
  readonly ExcludeLowercase: boolean;
  readonly ExcludeUppercase: boolean;
  readonly ExcludeNumbers: boolean;
  readonly ExcludePunctuation: boolean;
  readonly IncludeSpace: boolean;
}

/** What may be drawn of each type that is asked for. */
function alphabets(choice: CharacterChoice): readonly string[] {
  const included = [
    choice.ExcludeLowercase ? [] : characters.lowercase,
    choice.ExcludeUppercase ? [] : characters.uppercase,
    choice.ExcludeNumbers ? [] : characters.numbers,
    choice.ExcludePunctuation ? [] : characters.punctuation,
    choice.IncludeSpace ? characters.space : [],
  ].flat();
  return included.map((type) => [...type].filter((each) => !choice.ExcludeCharacters.includes(each)).join(''));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
