// The names of resources that the template leaves to CloudFormation. Ours follow from the construct's path, so they stay the
// same from run to run and the data kept under them is found again.
import { createHash } from 'node:crypto';
import type { TemplateResource } from './stack-template.ts';

const hashLength = 8;

/** `eventspine-local-state` and `loan-detail/queue` → `eventspine-local-state-loan-detail-queue`, shortened by a hash. */
export function physicalName(stack: string, path: string, maxLength: number): string {
  const name = `${stack}/${path}`.replaceAll(/[^A-Za-z0-9_]+/g, '-');
  if (name.length <= maxLength) return name;
  const hash = createHash('sha256').update(name).digest('hex').slice(0, hashLength);
  return `${name.slice(0, maxLength - hashLength - 1)}-${hash}`;
}

/** The construct's path without the stack and the trailing `Resource`; the logical id where the template has no path. */
export function constructPath(logicalId: string, resource: TemplateResource): string {
  const path = resource.Metadata?.['aws:cdk:path'];
  if (typeof path !== 'string') return logicalId;
  return path
    .split('/')
    .slice(1)
    .join('/')
    .replace(/\/Resource$/, '');
}
