// Puts the local host together: services, functions, mappings and the gateway, as the synthesised template says.
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { withApplicationEndpoints } from './application/endpoints.ts';
import type { LocalApplication } from './application/local-application.ts';
import { startApplicationServices } from './application/services.ts';
import { startEdge } from './edge/start.ts';
import { exportEndpoint } from './exports/export-table.ts';
import { importOf } from './exports/import-table.ts';
import { faultEndpoint, faultTargets, faultyQueues } from './faults/endpoint.ts';
import { withFaults } from './faults/faulty-functions.ts';
import { PlannedFaults } from './faults/planned-faults.ts';
import { ServiceFaults } from './faults/service-faults.ts';
import { startFunctions } from './functions/function-host.ts';
import { functionSpecs } from './functions/function-spec.ts';
import { type ReportError, withoutErrors } from './gateway/answer-errors.ts';
import { apiCors, apiRoutes } from './gateway/api.ts';
import { ApiGateway } from './gateway/api-gateway.ts';
import { withCors } from './gateway/cors.ts';
import { HttpServer } from './gateway/http-server.ts';
import { withLocalEndpoints } from './gateway/local-endpoints.ts';
import { issuerEndpoints } from './issuer/endpoints.ts';
import { Issuer } from './issuer/issuer.ts';
import { signingKey } from './issuer/signing-key.ts';
import type { HostSettings } from './lifecycle/arguments.ts';
import { startCheckpoints } from './lifecycle/checkpoints.ts';
import { openDataDirectory } from './lifecycle/data-directory.ts';
import { openDebugger } from './lifecycle/debugger.ts';
import { openFunctionLog } from './lifecycle/function-log.ts';
import { startLocalServices } from './lifecycle/local-services.ts';
import { giveBackAtRest } from './lifecycle/resting-memory.ts';
import { StartError } from './lifecycle/start-error.ts';
import { Stopwatch } from './lifecycle/stopwatch.ts';
import { startMappings } from './mappings/start.ts';
import { startSchedules } from './schedules/start.ts';
import { messagesEndpoint } from './services/ses/endpoint.ts';
import { serviceNames, withServiceNames } from './status/function-names.ts';
import { hopsOf } from './status/hops.ts';
import { statusEndpoint } from './status/status.ts';
import { bundlesIn } from './template/bundles-folder.ts';
import { withSecretValues } from './template/dynamic-references.ts';
import { synthesiseFresh } from './template/fresh-synthesis.ts';
import { localResources } from './template/resources.ts';
import { showSteps } from './terminal/steps.ts';
import { welcome } from './terminal/welcome.ts';
import { startWatch } from './watch/start.ts';

/** How long the shutdown waits for requests, and then for commits on their way. The next start catches up what is left. */
const patienceInMillis = 1_000;

export interface Host {
  readonly url: string;
  /** Ends everything in good order, within the time that a shutdown has. */
  stop(): Promise<void>;
}

/** @throws StartError for problems that the user can solve */
export async function startHost(
  settings: HostSettings,
  application: LocalApplication,
  log: (line: string) => void,
): Promise<Host> {
  const closeData = openDataDirectory(settings.dataDirectory, settings);
  try {
    return await startOn(settings, application, { log, closeData });
  } catch (error) {
    closeData('failed');
    throw error;
  }
}

async function startOn(
  settings: HostSettings,
  application: LocalApplication,
  { log, closeData }: { readonly log: (line: string) => void; readonly closeData: () => void },
): Promise<Host> {
  const { dataDirectory, port, quiet } = settings;
  if (settings.inspect) openDebugger();
  const assemblyFolder = join(dataDirectory, 'cdk.out');
  const stopwatch = new Stopwatch();
  const reportError: ReportError = (error, correlationId) =>
    log(`Answered 500 (correlation id ${correlationId}): ${error instanceof Error ? error.message : error}`);
  const server = await listen(port, reportError);
  log(`Starting on ${server.url}, data in ${dataDirectory} …`);
  const serviceFaults = new ServiceFaults();
  const ownServices = application.services?.() ?? [];
  const [{ stacks, functionEntries }, services, ofApplication, key] = await Promise.all([
    stopwatch.time('synthesis', synthesiseFresh(server.url, settings, assemblyFolder)),
    stopwatch.time('services', startLocalServices(dataDirectory, serviceFaults)),
    startApplicationServices(ownServices, serviceFaults, log),
    signingKey(dataDirectory),
  ]);
  const { endpoints } = services;
  const { resources: declared, notRun } = localResources(stacks, endpoints);
  services.secretsManager.createSecrets(declared);
  const resources = withSecretValues(declared, services.secretsManager.valueOf);
  log(`Not run on this machine: ${[...notRun].map(([type, count]) => `${count} ${type}`).join(', ')}`);
  const names = serviceNames(resources);
  const nameOf = (functionName: string): string => names.get(functionName) ?? functionName;
  const functionLog = openFunctionLog(dataDirectory, {
    show: log,
    nameOf,
    quiet,
    shownKeys: application.shownLogKeys,
  });
  const faults = new PlannedFaults();
  const specs = functionSpecs(resources);
  const soundFunctions = startFunctions(specs, {
    endpoints,
    variables: ofApplication.variables,
    log: functionLog.write,
  });
  const functions = withFaults(soundFunctions, faults, functionLog.write);
  const routes = apiRoutes(resources);
  await Promise.all([
    stopwatch.time('tables, streams and queues', services.create(resources, importOf(settings.import, log))),
    stopwatch.time('functions', soundFunctions.warm(routes.map(({ functionName }) => functionName))),
  ]);

  const issuer = new Issuer(key);
  const api = new ApiGateway({ routes, functions, keys: issuer.keys });
  const cors = apiCors(resources);
  const front = startEdge(resources, {
    origin: withCors(withoutErrors(api.answer, reportError), cors),
    cloudfront: services.cloudfront,
    functionLog: functionLog.write,
    log,
  });
  const mappings = await startMappings(resources, functions, services, log);
  const commits = mappings.filter(({ source }) => source === 'dynamodb').map(({ sourceArn }) => sourceArn);
  for (const streamArn of new Set(commits)) {
    services.dynamodb.changes.read(streamArn, services.ses.prepare);
    if (!quiet) services.dynamodb.changes.read(streamArn, showSteps(log, application));
  }
  const hops = hopsOf({ resources, api, functions, mappings, retries: services.retries, sqs: services.soundSqs });
  const ofHost = {
    ...issuerEndpoints(issuer, server.url),
    ...statusEndpoint(hops, () => functions.stats().map(withServiceNames(names))),
    ...faultEndpoint({
      functions: faults,
      services: serviceFaults,
      targets: faultTargets(names, mappings),
      queues: faultyQueues(resources),
      ownServices: ownServices.map(({ name }) => name),
      say: quiet ? () => {} : log,
    }),
    ...messagesEndpoint(services.ses),
    ...exportEndpoint(endpoints.dynamodb, commits, join(dataDirectory, 'exports')),
  };
  const localEndpoints = withApplicationEndpoints(ofHost, application, {
    url: server.url,
    resources,
    secretValue: services.secretsManager.valueOf,
  });
  server.serve(withLocalEndpoints(localEndpoints, front, cors));
  const checkpoints = startCheckpoints(
    services.dynamodb,
    () => hops.changeStreamPending() + hops.eventStreamPending() === 0,
  );
  const schedules = startSchedules(resources, {
    endpoint: services.sqs.endpoint,
    lastWriteAt: () => services.dynamodb.changes.newestAt,
    folder: join(dataDirectory, 'schedules'),
    warn: log,
  });
  const watch = settings.watch
    ? await startWatch({
        settings,
        functionEntries,
        bundles: bundlesIn(assemblyFolder),
        specs,
        functions: soundFunctions,
        log,
      })
    : undefined;
  giveBackAtRest();
  log(`Started in ${stopwatch}`);
  log(welcome(server.url, { settings, application, routes }));
  return {
    url: server.url,
    async stop() {
      schedules.stop();
      await watch?.stop();
      await Promise.race([server.stop(), delay(patienceInMillis)]);
      await checkpoints.stop(patienceInMillis);
      await Promise.all(mappings.map((mapping) => mapping.stop()));
      await functions.stop();
      await Promise.all([ofApplication.stop(), services.stop()]);
      await functionLog.close();
      closeData();
    },
  };
}

async function listen(port: number, reportError: ReportError): Promise<HttpServer> {
  try {
    return await HttpServer.listen(port, reportError);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    throw new StartError(`Port ${port} is in use on 127.0.0.1. Set another with PORT, or 0 for any free one.`);
  }
}
