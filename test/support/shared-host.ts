// The one target that the outside tests share: a local host of their own, or what API_URL names. That is a local host that
// runs already, whose DATA_DIR has to be given too, or a deployed stage.
import { rm } from 'node:fs/promises';
import type { TestProject } from 'vitest/node';
import { deployedStageFromEnvironment } from './deployed/from-environment.ts';
import { newDataDirectory, startEventspine } from './eventspine.ts';

export default async function setUp(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  const { API_URL, DATA_DIR = '.data' } = process.env;
  if (API_URL !== undefined) {
    const apiUrl = API_URL.replace(/\/$/, '');
    project.provide(
      'target',
      (await isLocalHost(apiUrl))
        ? { kind: 'local-host', apiUrl, dataDirectory: DATA_DIR }
        : await deployedStageFromEnvironment(apiUrl, process.env),
    );
    return undefined;
  }
  const dataDirectory = await newDataDirectory();
  const host = await startEventspine(dataDirectory);
  project.provide('target', { kind: 'local-host', apiUrl: host.url, dataDirectory });
  return async () => {
    await host.stop();
    await rm(dataDirectory, { recursive: true });
  };
}

const isLocalHost = async (apiUrl: string): Promise<boolean> => (await fetch(`${apiUrl}/local/status`)).ok;
