// `node local/issuer/main.ts`: issues tokens for a stage on an emulator. HOST and PORT set the address it listens on
// (127.0.0.1:3001), DATA_DIR the folder that keeps its signing key (.data/issuer).
import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { serveIssuer } from './serve.ts';

const { HOST = '127.0.0.1', PORT = '3001', DATA_DIR = join('.data', 'issuer') } = process.env;
const dataDirectory = resolve(DATA_DIR);
await mkdir(dataDirectory, { recursive: true });
const server = await serveIssuer({ dataDirectory, host: HOST, port: Number(PORT) });
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void server.stop());
process.stdout.write(`Tokens: POST ${server.tokenUrl}\n`);
