// What the outside tests run against: local hosts of their own, one for each file that runs at a time, or the one target that
// API_URL names. That is a local host that runs already, whose DATA_DIR has to be given too, or a deployed stage.
import { rm } from 'node:fs/promises';
import type { TestProject } from 'vitest/node';
import { deployedStageFromEnvironment } from './deployed/from-environment.ts';
import { type Eventspine, newDataDirectory, startEventspine } from './eventspine.ts';
import type { LocalHost } from './target.ts';

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
  const start = async (): Promise<Eventspine> => startEventspine(await newDataDirectory());
  const [host, ...others] = await Promise.all([
    start(),
    ...Array.from({ length: project.config.maxWorkers - 1 }, start),
  ]);
  project.provide('target', targetOf(host));
  project.provide('hosts', [host, ...others].map(targetOf));
  return async () => {
    await Promise.all(
      [host, ...others].map(async ({ stop, dataDirectory }) => {
        await stop();
        await rm(dataDirectory, { recursive: true });
      }),
    );
  };
}

const targetOf = ({ url, dataDirectory }: Eventspine): LocalHost => ({
  kind: 'local-host',
  apiUrl: url,
  dataDirectory,
});

const isLocalHost = async (apiUrl: string): Promise<boolean> => (await fetch(`${apiUrl}/local/status`)).ok;
