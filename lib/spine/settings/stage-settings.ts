// What can be set for a stage, and what each setting means.
import type { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { PaymentDraft, PaymentSettings } from '../../shop/settings/payment-settings.ts';
import type { CapacitySettings } from './capacity-settings.ts';
import type { EdgeDraft, EdgeOverride, EdgeSettings } from './edge-settings.ts';
import type { EmailDraft, EmailSettings } from './email-settings.ts';
import type { FrontDoor } from './front-door.ts';
import type { OperationDraft, OperationSettings } from './operation-settings.ts';
import type { PipelineDraft, PipelineSettings } from './pipeline-settings.ts';
import type { Stage } from './stages.ts';
import type { TokenIssuer } from './token-issuer.ts';

export interface FunctionSize {
  readonly memoryInMegabytes: number;
  readonly timeoutInSeconds: number;
}

export interface SubscriberSettings extends FunctionSize {
  /** How long a received message stays hidden: after a crash it is delivered again no sooner. */
  readonly visibilityTimeoutInSeconds: number;
  /** Most invocations at a time for one queue. Bounds a function without taking from the account's concurrency. */
  readonly maximumConcurrency: number;
}

export interface StageSettings extends OperationSettings, CapacitySettings, PipelineSettings {
  readonly stage: Stage;
  /** Data outlives its stack, and deletion protection guards tables, user pool and stack. */
  readonly retainsData: boolean;
  readonly logRetention: RetentionDays;
  /** The same for the functions behind the API, whose log tells who asked what, under a hash. */
  readonly requestLogRetention: RetentionDays;
  /** X-Ray traces of the functions. */
  readonly tracing: boolean;
  readonly frontDoor: FrontDoor;
  /**
   * What a record of the change stream has of its commit: what stands there now, or what stood there before as well. Another choice is
   * another stream, so a stage that was deployed with `new` goes on with it.
   * @default both
   */
  readonly changeImages?: 'both' | 'new';
  /** Command and query functions. */
  readonly http: FunctionSize;
  /** Relay and fan-out. */
  readonly pipeline: FunctionSize;
  readonly subscriber: SubscriberSettings;
  /**
   * How long an outage of the payment provider, say, may last that an order waits out. An order that has waited for that long, and
   * for as long as payments may take, is undone; what cannot be undone by then goes to the dead-letter queue.
   * @default 12 hours
   */
  readonly outageInSeconds?: number;
  /** How many orders of a customer may await payment at once; the next is refused. */
  readonly openOrdersPerCustomer: number;
  readonly payments: PaymentSettings;
  readonly email: EmailSettings;
  /** What stands before the API. Without it the API is reached directly, and nothing of the edge exists. */
  readonly edge?: EdgeSettings;
  /** Who issues the callers' tokens; without one the state stack makes a Cognito user pool. */
  readonly tokens?: TokenIssuer;
  /** Origins whose pages may call the API from a browser; on the stage `local` with `*` for every port. None switches CORS off. */
  readonly corsOrigins: readonly string[];
}

/** Settings of which the parts that a command line can set are still to be checked. */
export type UncheckedSettings = Omit<
  StageSettings,
  'frontDoor' | 'changeImages' | 'payments' | 'email' | 'edge' | 'protection' | keyof PipelineSettings
> &
  PipelineDraft & {
    readonly changeImages?: string;
    readonly protection?: OperationDraft['protection'];
    readonly frontDoor: string;
    readonly payments: PaymentDraft;
    readonly email: EmailDraft;
    readonly edge?: EdgeDraft;
  };

/** What replaces a stage's own settings, each as a whole, but of payments, e-mail and edge only what is given. */
export type StageOverrides = Partial<Omit<UncheckedSettings, 'stage' | 'payments' | 'email' | 'edge'>> & {
  readonly payments?: Partial<PaymentDraft>;
  readonly email?: Partial<EmailDraft>;
  readonly edge?: EdgeOverride;
};
