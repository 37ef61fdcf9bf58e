// Runs a CloudFront function: the template's inline code, in a realm of its own that has JavaScript and nothing else.
// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/functions-javascript-runtime-20.html
import { type Context, createContext, Script } from 'node:vm';
import type { ViewerEvent } from './viewer-event.ts';

export interface ViewerFunctionSource {
  readonly name: string;
  readonly code: string;
}

/** Rejects when the function throws, does not end in time or returns no object. */
export type ViewerFunction = (event: ViewerEvent) => Promise<object>;

/** Takes a line that the function writes. */
export type LogLine = (line: string) => void;

/** CloudFront allows less than a millisecond of computing; this only keeps a loop without an end from stopping the host. */
const timeoutInMillis = 100;

const hasHandler = new Script("typeof handler === 'function'");
const callHandler = new Script('handler(JSON.parse(event))');

/** @throws Error that names the function, for code that does not compile or has no handler */
export function compileViewerFunction(source: ViewerFunctionSource, log: LogLine): ViewerFunction {
  const realm = realmOf(source, log);
  return async (event) => {
    realm['event'] = JSON.stringify(event);
    const returned: unknown = await callHandler.runInContext(realm, { timeout: timeoutInMillis });
    if (typeof returned !== 'object' || returned === null)
      throw new Error(`a CloudFront function must return the request or a response, got ${typeof returned}`);
    return JSON.parse(JSON.stringify(returned));
  };
}

function realmOf({ name, code }: ViewerFunctionSource, log: LogLine): Context {
  const console = { log: (...values: unknown[]) => log(values.join(' ')) };
  const realm = createContext({ console }, { name, codeGeneration: { strings: false, wasm: false } });
  try {
    new Script(code, { filename: name }).runInContext(realm, { timeout: timeoutInMillis });
  } catch (error) {
    throw new Error(`The CloudFront function ${name} does not compile: ${error}`, { cause: error });
  }
  if (!hasHandler.runInContext(realm)) throw new Error(`The CloudFront function ${name} must declare a handler.`);
  return realm;
}
