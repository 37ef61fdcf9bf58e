// Replaces CloudFormation's dynamic references, `{{resolve:secretsmanager:…}}`, by the values of secrets. That comes after all
// other references, when the secrets have their values.
import type { Resource } from '../ports.ts';

/** @throws Error for a secret that is not there or has no value */
type SecretValue = (secretId: string) => string;

const reference = /\{\{resolve:([^}]*)\}\}/g;

/** `secretsmanager:<name or ARN>:SecretString:<JSON key>:<version stage>:<version id>`, the last three left empty or out. */
const wholeSecret = /^secretsmanager:(?<secretId>arn(?::[^:]+){6}|[^:]+)(?::SecretString)?:{0,3}$/;

/**
 * The resources with every dynamic reference in their properties resolved.
 * @throws Error that names the resource, for a reference to anything but the current value of a secret, whole
 */
export function withSecretValues(resources: readonly Resource[], secretValue: SecretValue): readonly Resource[] {
  const substitute = (whole: string, target: string): string => {
    const secretId = wholeSecret.exec(target)?.groups?.['secretId'];
    if (secretId === undefined) throw new Error(`a dynamic reference must be to a whole secret, got ${whole}`);
    return secretValue(secretId);
  };
  return resources.map((resource) => {
    try {
      return { ...resource, properties: resolved(resource.properties, substitute) as Resource['properties'] };
    } catch (error) {
      const { stack, path, type } = resource;
      throw new Error(`${stack}/${path} (${type}): ${(error as Error).message}`, { cause: error });
    }
  });
}

function resolved(value: unknown, substitute: (whole: string, target: string) => string): unknown {
  if (typeof value === 'string') return value.replaceAll(reference, substitute);
  if (Array.isArray(value)) return value.map((element) => resolved(element, substitute));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, resolved(each, substitute)]));
}
