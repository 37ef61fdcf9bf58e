// A function as the template describes it.
import * as z from 'zod';
import type { Resource } from '../ports.ts';

export interface FunctionSpec {
  readonly name: string;
  /** Absolute path of the folder with the bundle. */
  readonly codeFolder: string;
  /** `<file without extension>.<export>`, as in `index.handler`. */
  readonly handler: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly timeoutInSeconds: number;
  readonly memoryInMegabytes: number;
}

/** With Lambda's own defaults. */
const functionProperties = z.object({
  FunctionName: z.string(),
  Handler: z.string().regex(/^.+\.[^.]+$/, 'a handler has the form <file>.<export>'),
  Environment: z.object({ Variables: z.record(z.string(), z.coerce.string()).default({}) }).default({ Variables: {} }),
  Timeout: z.number().default(3),
  MemorySize: z.number().default(128),
});

/** @throws Error that names the resource, for one without code on this machine or with a property that is not known here */
export function functionSpecs(resources: readonly Resource[]): FunctionSpec[] {
  return resources.filter(({ type }) => type === 'AWS::Lambda::Function').map(functionSpec);
}

function functionSpec({ stack, path, properties, assetPath }: Resource): FunctionSpec {
  const { data, error } = functionProperties.safeParse(properties);
  if (error) throw new Error(`${stack}/${path}: ${z.prettifyError(error)}`);
  if (assetPath === undefined) throw new Error(`${stack}/${path}: a function must have its code in an asset`);
  return {
    name: data.FunctionName,
    codeFolder: assetPath,
    handler: data.Handler,
    environment: data.Environment.Variables,
    timeoutInSeconds: data.Timeout,
    memoryInMegabytes: data.MemorySize,
  };
}
