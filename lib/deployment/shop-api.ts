// The API of a running shop, as the commands of the command line call it.
import { setTimeout as delay } from 'node:timers/promises';
import { DeploymentError } from './deployment-error.ts';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  /** Parsed JSON, not validated. */
  readonly body: unknown;
}

/** Pauses between attempts of a repeatable request; the last ones are as long as API Gateway's throttles may need to relax. */
const PAUSES_IN_MILLIS = [200, 400, 800, 1_600, 3_200, 6_400];

export class ShopApi {
  /** Without a slash at the end. */
  readonly url: string;
  readonly #token: string | undefined;

  constructor(url: string, token?: string) {
    this.url = url;
    this.#token = token;
  }

  /** The same API, called with that token. */
  as(token: string): ShopApi {
    return new ShopApi(this.url, token);
  }

  /** @throws DeploymentError when nothing answers */
  get(path: string): Promise<Answer> {
    return this.#patiently(path, {});
  }

  /**
   * @param key for `Idempotency-Key`: with it, a throttled or unavailable API is asked again
   * @throws DeploymentError when nothing answers
   */
  post(path: string, body: unknown, key?: string): Promise<Answer> {
    const headers = { 'content-type': 'application/json', ...(key !== undefined && { 'idempotency-key': key }) };
    const request = { method: 'POST', body: JSON.stringify(body), headers };
    return key === undefined ? this.#send(path, request) : this.#patiently(path, request);
  }

  async #patiently(path: string, request: RequestInit): Promise<Answer> {
    let answer = await this.#send(path, request);
    for (const pause of PAUSES_IN_MILLIS) {
      if (answer.status !== 429 && answer.status !== 503) break;
      const wanted = Number(answer.headers.get('retry-after') ?? 0) * 1_000;
      await delay(Math.max(pause, wanted || 0));
      answer = await this.#send(path, request);
    }
    return answer;
  }

  async #send(path: string, request: RequestInit): Promise<Answer> {
    const headers = {
      ...request.headers,
      ...(this.#token !== undefined && { authorization: `Bearer ${this.#token}` }),
    };
    const response = await fetch(`${this.url}${path}`, { ...request, headers }).catch((cause: unknown) => {
      throw new DeploymentError(`${this.url}${path} cannot be reached: ${cause}`, { cause });
    });
    return { status: response.status, headers: response.headers, body: parsed(await response.text()) };
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** @throws DeploymentError that says what was answered in place of success */
export function succeeded(path: string, { status, body }: Answer): unknown {
  if (status >= 200 && status < 300) return body;
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  throw new DeploymentError(`${path} should succeed; it answered ${status}: ${text}`);
}
