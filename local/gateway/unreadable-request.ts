// Answers what cannot be read as an HTTP request. Node has no request object then, so the response is written to the socket.

import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { ulid } from 'ulid';
import { Problem } from '../../lambdas/spine/http/problem.ts';
import { gatewayProblem } from './gateway-problem.ts';

const problems: Readonly<Record<string, Problem>> = {
  HPE_HEADER_OVERFLOW: new Problem(431, 'request_header_fields_too_large', 'The headers have more than 10240 bytes.'),
  ERR_HTTP_REQUEST_TIMEOUT: new Problem(408, 'request_timeout', 'The request did not come to its end in time.'),
};
const unreadable = new Problem(400, 'validation_failed', 'The request is not HTTP/1.1.');

export function answerUnreadable(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (!socket.writable || error.code === 'ECONNRESET') {
    socket.destroy();
    return;
  }
  answerOnSocket(problems[error.code ?? ''] ?? unreadable, socket);
}

/** Answers CONNECT, for which Node has no response either. */
export function answerTunnel(socket: Duplex): void {
  socket.on('error', () => {});
  answerOnSocket(new Problem(400, 'bad_request', 'The target of CONNECT must be a path.'), socket);
}

function answerOnSocket(problem: Problem, socket: Duplex): void {
  const { headers, body = '' } = gatewayProblem(problem, { path: '/', correlationId: ulid() });
  const lines = [
    `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status]}`,
    ...Object.entries(headers ?? {}).map(([name, value]) => `${name}: ${value}`),
    `content-length: ${Buffer.byteLength(body)}`,
    'connection: close',
  ];
  socket.end(`${lines.join('\r\n')}\r\n\r\n${body}`);
}
