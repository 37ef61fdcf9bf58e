// Templates: `{{name}}` stands for a value.
import { readFileSync } from 'node:fs';

export type Values = Readonly<Record<string, string>>;

/** @throws RangeError for a value that a template names and nobody gives: a defect of the template */
export function filled(template: string, values: Values): string {
  const text = readFileSync(new URL(`templates/${template}.txt`, import.meta.url), 'utf8');
  return text.replaceAll(/\{\{(\w+)\}\}/g, (_, name: string) => {
    const value = values[name];
    if (value !== undefined) return value;
    throw new RangeError(`${template} names the value ${name}; there are ${Object.keys(values).join(', ')}`);
  });
}
