// Serves an application's own services the way AWS's are served: over HTTP, each on a port of its own, with its planned faults.
import type { ServiceFaults } from '../faults/service-faults.ts';
import type { Answer } from '../gateway/http-exchange.ts';
import { HttpServer } from '../gateway/http-server.ts';
import type { LocalService } from './local-application.ts';

export interface ApplicationServices {
  /** The variables in which functions find the services, with their addresses. */
  readonly variables: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

/** @param log takes errors that a service did not expect */
export async function startApplicationServices(
  services: readonly LocalService[],
  faults: ServiceFaults,
  log: (line: string) => void,
): Promise<ApplicationServices> {
  const servers = await Promise.all(
    services.map(async (service) => {
      const server = await HttpServer.listen(0, (error) => log(`The service ${service.name} failed: ${error}`));
      server.serve(withRefusals(service, faults));
      return { variable: service.endpointVariable, server };
    }),
  );
  return {
    variables: Object.fromEntries(servers.map(({ variable, server }) => [variable, server.url])),
    async stop() {
      await Promise.all(servers.map(({ server }) => server.stop()));
    },
  };
}

const withRefusals =
  ({ name, answer }: LocalService, faults: ServiceFaults): Answer =>
  async (request) => {
    const refusal = faults.refusal(name);
    return refusal === undefined ? answer(request) : { statusCode: refusal === 'down' ? 503 : 429 };
  };
