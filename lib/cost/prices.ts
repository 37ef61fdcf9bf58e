// List prices of us-east-1 in US dollars, without free tiers, discounts for volume and taxes. Look them up before you decide.

/** When they were read last. */
export const readOn = '2026-11-25';
export const region = 'us-east-1';

interface Price {
  readonly dollars: number;
  /** How many units that is for. */
  readonly per: number;
  readonly page: string;
}

const MILLION = 1_000_000;

const dynamodb = 'https://aws.amazon.com/dynamodb/pricing/on-demand/';
const kinesis = 'https://aws.amazon.com/kinesis/data-streams/pricing/';
const lambda = 'https://aws.amazon.com/lambda/pricing/';
const cloudfront = 'https://aws.amazon.com/cloudfront/pricing/pay-as-you-go/';
const cloudwatch = 'https://aws.amazon.com/cloudwatch/pricing/';

export const prices = {
  writeUnit: { dollars: 0.625, per: MILLION, page: dynamodb },
  readUnit: { dollars: 0.125, per: MILLION, page: dynamodb },
  storedGigabyteMonth: { dollars: 0.25, per: 1, page: dynamodb },
  recoverableGigabyteMonth: { dollars: 0.2, per: 1, page: dynamodb },
  streamHour: { dollars: 0.04, per: 1, page: kinesis },
  streamGigabyteIn: { dollars: 0.08, per: 1, page: kinesis },
  streamGigabyteOut: { dollars: 0.04, per: 1, page: kinesis },
  shardHour: { dollars: 0.015, per: 1, page: kinesis },
  putUnit: { dollars: 0.014, per: MILLION, page: kinesis },
  queueRequest: { dollars: 0.4, per: MILLION, page: 'https://aws.amazon.com/sqs/pricing/' },
  invocation: { dollars: 0.2, per: MILLION, page: lambda },
  armGigabyteSecond: { dollars: 0.0000133334, per: 1, page: lambda },
  email: { dollars: 0.1, per: 1_000, page: 'https://aws.amazon.com/ses/pricing/' },
  apiRequest: { dollars: 1, per: MILLION, page: 'https://aws.amazon.com/api-gateway/pricing/' },
  edgeRequest: { dollars: 0.01, per: 10_000, page: cloudfront },
  edgeGigabyteOut: { dollars: 0.085, per: 1, page: cloudfront },
  edgeFunctionCall: { dollars: 0.1, per: MILLION, page: cloudfront },
  /** After the first 1,000 of an account and month. */
  invalidatedTag: {
    dollars: 0.005,
    per: 1,
    page: 'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/PayingForInvalidation.html',
  },
  logGigabyte: { dollars: 0.5, per: 1, page: cloudwatch },
  metricMonth: { dollars: 0.3, per: 1, page: cloudwatch },
  alarmMonth: { dollars: 0.1, per: 1, page: cloudwatch },
  dashboardMonth: { dollars: 3, per: 1, page: cloudwatch },
  trace: { dollars: 5, per: MILLION, page: 'https://aws.amazon.com/xray/pricing/' },
  secretMonth: { dollars: 0.4, per: 1, page: 'https://aws.amazon.com/secrets-manager/pricing/' },
} as const satisfies Record<string, Price>;

export type Priced = keyof typeof prices;
