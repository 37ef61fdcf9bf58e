// Reads the bodies of requests under `/local`.
import type * as z from 'zod';
import { validationFailed } from '../../lambdas/spine/http/problem.ts';

/** @throws Problem 400 that names what does not fit the schema */
export function parseJsonBody<Schema extends z.ZodType>(schema: Schema, body: Buffer): z.output<Schema> {
  const { data, error } = schema.safeParse(parsed(body));
  if (error === undefined) return data;
  const errors = error.issues.flatMap((issue) => {
    const pointer = ['/body', ...issue.path].join('/');
    if (issue.code !== 'unrecognized_keys') return [{ pointer, detail: issue.message }];
    return issue.keys.map((key) => ({ pointer: `${pointer}/${key}`, detail: 'is not known here' }));
  });
  throw validationFailed(errors);
}

function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch {
    throw validationFailed([{ pointer: '/body', detail: 'must be JSON in UTF-8' }]);
  }
}
