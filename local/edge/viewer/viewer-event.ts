// The event that a CloudFront function gets: the request and the response, in CloudFront's own form.
// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/functions-event-structure.html
import { STATUS_CODES } from 'node:http';
import type { HttpRequest } from '../../gateway/http-exchange.ts';
import type { EdgeResponse } from '../edge-response.ts';

/** The values of one name; `multiValue` is there when it came more than once. */
export interface EventValue {
  readonly value: string;
  readonly multiValue?: readonly { readonly value: string }[] | undefined;
}

export type EventValues = Readonly<Record<string, EventValue>>;

interface EventCookie {
  readonly value: string;
  /** `Path=/; Secure` */
  readonly attributes?: string;
}

export interface ViewerEvent {
  readonly version: '1.0';
  readonly context: {
    readonly distributionDomainName: string;
    readonly distributionId: string;
    readonly eventType: 'viewer-request' | 'viewer-response';
    readonly requestId: string;
  };
  readonly viewer: { readonly ip: string };
  readonly request: {
    readonly method: string;
    readonly uri: string;
    readonly querystring: EventValues;
    readonly headers: EventValues;
    readonly cookies: EventValues;
  };
  readonly response?: {
    readonly statusCode: number;
    readonly statusDescription: string;
    readonly headers: EventValues;
    readonly cookies: Readonly<Record<string, EventCookie>>;
  };
}

export interface DistributionNames {
  readonly id: string;
  readonly domainName: string;
}

/**
 * @param request as the viewer sent it, in both events
 * @param response for the event `viewer-response`
 */
export function viewerEvent(
  { id, domainName }: DistributionNames,
  request: HttpRequest,
  response?: EdgeResponse,
): ViewerEvent {
  const { method, path, query, headers, requestId, sourceIp } = request;
  const { cookie = '', ...others } = headers;
  return {
    version: '1.0',
    context: {
      distributionDomainName: domainName,
      distributionId: id,
      eventType: response === undefined ? 'viewer-request' : 'viewer-response',
      requestId,
    },
    viewer: { ip: sourceIp },
    request: {
      method,
      uri: path,
      querystring: pairsOf(query, '&'),
      headers: headerValues(others),
      cookies: pairsOf(cookie, /; */),
    },
    ...(response && { response: eventResponse(response) }),
  };
}

const eventResponse = ({ statusCode, headers, cookies = [] }: EdgeResponse): NonNullable<ViewerEvent['response']> => ({
  statusCode,
  statusDescription: STATUS_CODES[statusCode] ?? '',
  headers: headerValues(headers),
  cookies: Object.fromEntries(cookies.map(eventCookie)),
});

const headerValues = (headers: Readonly<Record<string, string>>): EventValues =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, { value }]));

/** Values stay as they were sent, percent-encoded. */
export function pairsOf(text: string, separator: string | RegExp): EventValues {
  const values = new Map<string, { readonly value: string }[]>();
  for (const pair of text.split(separator)) {
    if (pair === '') continue;
    const [name, value] = splitPair(pair);
    values.set(name, [...(values.get(name) ?? []), { value }]);
  }
  const eventValue = (all: readonly { readonly value: string }[]): EventValue => {
    const [{ value } = { value: '' }] = all;
    return all.length === 1 ? { value } : { value, multiValue: all };
  };
  return Object.fromEntries([...values].map(([name, all]) => [name, eventValue(all)]));
}

function eventCookie(cookie: string): [string, EventCookie] {
  const [pair = '', ...attributes] = cookie.split(/; */);
  const [name, value] = splitPair(pair);
  return [name, attributes.length === 0 ? { value } : { value, attributes: attributes.join('; ') }];
}

function splitPair(pair: string): [name: string, value: string] {
  const [name = ''] = pair.split('=', 1);
  return [name, pair.slice(name.length + 1)];
}
