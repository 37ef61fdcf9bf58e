// What the service says about itself.
import * as z from 'zod';
import type { Operation } from '../operation.ts';

export const getHealth = {
  route: 'GET /health',
  summary: 'Answers when the API does',
  access: 'public',
  isKeptByEdge: false,
  success: { status: 200, schema: z.strictObject({ status: z.literal('ok') }) },
  problems: [],
} as const satisfies Operation;

export const getOpenApi = {
  route: 'GET /openapi.json',
  summary: 'This document',
  access: 'public',
  success: { status: 200, schema: z.looseObject({ openapi: z.string() }) },
  problems: [],
} as const satisfies Operation;

export const getDocs = {
  route: 'GET /docs',
  summary: 'This document as a page for people',
  access: 'public',
  success: { status: 200, mediaType: 'text/html', schema: z.string() },
  problems: [],
} as const satisfies Operation;
