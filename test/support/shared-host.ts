// The one local host that the outside tests share. API_URL names one that runs already; its DATA_DIR has to be given too.
import { rm } from 'node:fs/promises';
import type { TestProject } from 'vitest/node';
import { newDataDirectory, startEventspine } from './eventspine.ts';

declare module 'vitest' {
  interface ProvidedContext {
    apiUrl: string;
    dataDirectory: string;
  }
}

export default async function setUp(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  const { API_URL, DATA_DIR = '.data' } = process.env;
  if (API_URL !== undefined) {
    project.provide('apiUrl', API_URL);
    project.provide('dataDirectory', DATA_DIR);
    return undefined;
  }
  const dataDirectory = await newDataDirectory();
  const host = await startEventspine(dataDirectory);
  project.provide('apiUrl', host.url);
  project.provide('dataDirectory', dataDirectory);
  return async () => {
    await host.stop();
    await rm(dataDirectory, { recursive: true });
  };
}
