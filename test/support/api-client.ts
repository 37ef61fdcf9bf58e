// A small HTTP client for the outside tests: it sends what it is told, valid or not, and hands back what came.

export interface Answer<Body = unknown> {
  readonly status: number;
  readonly headers: Headers;
  /** The JSON of the body, or its text; `undefined` when there was none. Its type is what the test expects, not what was checked. */
  readonly body: Body;
}

export interface RawRequest {
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export class ApiClient {
  readonly url: string;
  readonly #token: string | undefined;

  constructor(url: string, token?: string) {
    this.url = url;
    this.#token = token;
  }

  /** The same API for the bearer of that token. */
  as(token: string): ApiClient {
    return new ApiClient(this.url, token);
  }

  get<Body = unknown>(path: string, headers: Readonly<Record<string, string>> = {}): Promise<Answer<Body>> {
    return this.send('GET', path, { headers });
  }

  post<Body = unknown>(
    path: string,
    body: unknown,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Answer<Body>> {
    return this.send('POST', path, {
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json', ...headers },
    });
  }

  /** Sends the body as it stands, with no header but those given and the token. */
  async send<Body = unknown>(method: string, path: string, { body, headers }: RawRequest = {}): Promise<Answer<Body>> {
    const response = await fetch(`${this.url}${path}`, {
      method,
      ...(body === undefined ? {} : { body: Buffer.from(body) }),
      headers: { ...(this.#token === undefined ? {} : { authorization: `Bearer ${this.#token}` }), ...headers },
    });
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      body: (text === '' ? undefined : isJson(response) ? JSON.parse(text) : text) as Body,
    };
  }
}

const isJson = ({ headers }: Response): boolean => /\bjson\b/.test(headers.get('content-type') ?? '');
