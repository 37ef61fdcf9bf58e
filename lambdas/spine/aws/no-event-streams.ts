// Stands in every function's bundle for the SDK's event streams (lib/spine/bundles/bundle-build.ts), the encoding of answers such as that of
// Kinesis' SubscribeToShard: 15 KB of each client. No function asks for one; event source mappings read the streams.

const unavailable = (): never => {
  throw new Error('A bundle holds no event streams: lib/spine/bundles/bundle-build.ts leaves them out');
};

/** What a client's constructor calls. */
export const resolveEventStreamSerdeConfig = <Config>(config: Config): Config => config;

export const eventStreamSerdeProvider = unavailable;

export class EventStreamSerde {
  constructor() {
    unavailable();
  }
}
