// Runs a CloudFront function: the template's inline code, in a realm of its own that has JavaScript and nothing else. CloudFront stops
// a function after less than a millisecond; here one runs to its end, because a time limit costs ten times as much as the function.
// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/functions-javascript-runtime-20.html
import { createContext, Script } from 'node:vm';
import type { ViewerEvent } from './viewer-event.ts';

export interface ViewerFunctionSource {
  readonly name: string;
  readonly code: string;
}

/** Rejects when the function throws or returns no object. */
export type ViewerFunction = (event: ViewerEvent) => Promise<object>;

/** Takes a line that the function writes. */
export type LogLine = (line: string) => void;

/** @throws Error that names the function, for code that does not compile or has no handler */
export function compileViewerFunction(source: ViewerFunctionSource, log: LogLine): ViewerFunction {
  const handle = handlerOf(source, log);
  return async (event) => {
    const returned = await handle(JSON.stringify(event));
    if (typeof returned !== 'object' || returned === null)
      throw new Error(`a CloudFront function must return the request or a response, got ${typeof returned}`);
    return JSON.parse(JSON.stringify(returned));
  };
}

/** The handler behind a function that takes its event as JSON, so that event and result belong to the realm. */
function handlerOf({ name, code }: ViewerFunctionSource, log: LogLine): (event: string) => unknown {
  const console = { log: (...values: unknown[]) => log(values.join(' ')) };
  const realm = createContext({ console }, { name, codeGeneration: { strings: false, wasm: false } });
  try {
    new Script(code, { filename: name }).runInContext(realm);
  } catch (error) {
    throw new Error(`The CloudFront function ${name} does not compile: ${error}`, { cause: error });
  }
  if (new Script('typeof handler').runInContext(realm) !== 'function')
    throw new Error(`The CloudFront function ${name} must declare a handler.`);
  return new Script('(event) => handler(JSON.parse(event))').runInContext(realm);
}
