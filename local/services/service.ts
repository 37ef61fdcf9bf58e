// What every service of the local host has in common.

export interface Service {
  /** `http://127.0.0.1:<port>` */
  readonly endpoint: string;
  /** Ends it in good order: what it has acknowledged is on disk. */
  stop(): Promise<void>;
}

export const loopback = '127.0.0.1';

export const endpointAt = (port: number): string => `http://${loopback}:${port}`;
