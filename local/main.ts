// `npm start`: runs an application on this machine.
import { flushCompileCache } from 'node:module';
import type { Host } from './host.ts';
import { useCompileCache } from './lifecycle/compile-cache.ts';
import { StartError } from './lifecycle/start-error.ts';

useCompileCache();
const [{ startHost }, { hostSettings, parseFlags, usage }, { openApplication }, { stopWhenTold }] = await Promise.all([
  import('./host.ts'),
  import('./lifecycle/arguments.ts'),
  import('./application/open.ts'),
  import('./lifecycle/shutdown.ts'),
]);
// For the processes that import some of these files too.
flushCompileCache();

const log = (line: string): void => void process.stderr.write(`${line}\n`);

// The reader of our output may end before us, as npm does when it is killed. That must not keep us from stopping in good order.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});

try {
  const flags = parseFlags(process.argv.slice(2));
  const { folder, application } = await openApplication(flags.app);
  if (flags.help) {
    process.stdout.write(usage(application));
  } else {
    const settings = hostSettings(flags, folder, application, process.env);
    let host: Host | undefined;
    // Before it serves it has accepted nothing that could be lost, so there is nothing to wait for.
    stopWhenTold({ stop: async () => host?.stop(), log });
    host = await startHost(settings, application, log);
    process.stdout.write(`Eventspine is ready: ${host.url}\n`);
  }
} catch (error) {
  if (error instanceof StartError) log(error.message);
  else log(`Eventspine could not start: ${error instanceof Error ? error.stack : error}`);
  process.exit(1);
}
