// The secrets of the template and their values. A generated value is made once and kept, so that it outlives a restart.
import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import * as z from 'zod';
import type { Resource } from '../../ports.ts';
import { generatedValue, generateSecretString } from './generated-password.ts';
import { secretArn } from './secret-arn.ts';

const secretProperties = z
  .object({
    Name: z.string(),
    SecretString: z.string().min(1).optional(),
    GenerateSecretString: generateSecretString.optional(),
  })
  .refine(
    ({ SecretString: given, GenerateSecretString: generated }) => given === undefined || generated === undefined,
    'a secret has a SecretString or a GenerateSecretString, not both',
  );

const secretVersion = z.object({ value: z.string(), versionId: z.string(), createdAt: z.iso.datetime() });
const versionsByName = z.record(z.string(), secretVersion);

type SecretVersion = z.output<typeof secretVersion>;

/** A secret with its current value. */
export interface Secret extends SecretVersion {
  readonly name: string;
  readonly arn: string;
}

export class SecretStore {
  readonly #file: string;
  #secrets: readonly Secret[] = [];

  /** @param file readable by its owner alone; made when there is a first value to keep */
  constructor(file: string) {
    this.#file = file;
  }

  /**
   * Takes the secrets among the resources, each with the value that the template gives or that was kept, else with a new one.
   * @throws Error that names the resource, for a property that is not known here
   */
  create(resources: readonly Resource[]): void {
    const kept = this.#readKept();
    const secrets = resources
      .filter(({ type }) => type === 'AWS::SecretsManager::Secret')
      .flatMap((resource) => secretOf(resource, kept));
    const versions = secrets.map(({ name, arn: _, ...version }) => [name, version]);
    this.#keep({ ...kept, ...Object.fromEntries(versions) });
    this.#secrets = secrets;
  }

  /** @param secretId name or ARN */
  find(secretId: string): Secret | undefined {
    return this.#secrets.find(({ name, arn }) => secretId === name || secretId === arn);
  }

  #readKept(): Readonly<Record<string, SecretVersion>> {
    if (!existsSync(this.#file)) return {};
    return versionsByName.parse(JSON.parse(readFileSync(this.#file, 'utf8')));
  }

  /** A rename is all or nothing, so a kill leaves the old file or the new one. */
  #keep(versions: Readonly<Record<string, SecretVersion>>): void {
    const next = `${this.#file}.next`;
    mkdirSync(dirname(this.#file), { recursive: true });
    writeFileSync(next, JSON.stringify(versions), { mode: 0o600 });
    renameSync(next, this.#file);
  }
}

/** @returns nothing for a secret that the template gives no value */
function secretOf({ stack, path, properties }: Resource, kept: Readonly<Record<string, SecretVersion>>): Secret[] {
  const { data, error } = secretProperties.safeParse(properties);
  if (error) throw new Error(`${stack}/${path}: ${z.prettifyError(error)}`);
  const { Name: name, SecretString: given, GenerateSecretString: settings } = data;
  const before = kept[name];
  const value = given ?? (settings && (before?.value ?? generatedValue(settings)));
  if (value === undefined) return [];
  const version = value === before?.value ? before : newVersion(value);
  return [{ name, arn: secretArn(name), ...version }];
}

const newVersion = (value: string): SecretVersion => ({
  value,
  versionId: randomUUID(),
  createdAt: new Date().toISOString(),
});
