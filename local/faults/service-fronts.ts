// The refusals of services with faults, each as AWS would send it to the SDK.
import type { Front, FrontAnswer } from '../services/http-front.ts';
import { queueService, type Refusal, type ServiceFaults } from './service-faults.ts';

/** SES: https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_SendEmail.html#API_SendEmail_Errors */
export const sesFront = (faults: ServiceFaults): Front => ({
  refuse: () => withRefusal(faults.refusal('email'), sesErrors),
});

/** SQS; a request that names no queue passes. https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/CommonErrors.html */
export const queueFront = (faults: ServiceFaults): Front => ({
  refuse({ body }) {
    const queueName = queueNameIn(body);
    return queueName === undefined ? undefined : withRefusal(faults.refusal(queueService(queueName)), queueErrors);
  },
});

type Errors = Readonly<Record<Refusal, readonly [status: number, name: string, message: string]>>;

const sesErrors: Errors = {
  down: [503, 'ServiceUnavailable', 'The request has failed due to a temporary failure of the server.'],
  throttled: [429, 'TooManyRequestsException', 'Maximum sending rate exceeded.'],
};

const queueErrors: Errors = {
  down: [503, 'ServiceUnavailable', 'The request has failed due to a temporary failure of the server.'],
  throttled: [400, 'ThrottlingException', 'The request was denied due to request throttling.'],
};

const withRefusal = (refusal: Refusal | undefined, errors: Errors): FrontAnswer | undefined =>
  refusal && errorAnswer(...errors[refusal]);

const errorAnswer = (status: number, name: string, message: string): FrontAnswer => ({
  status,
  headers: { 'content-type': 'application/json', 'x-amzn-errortype': name },
  body: JSON.stringify({ __type: name, message }),
});

/** `{"QueueUrl":"http://127.0.0.1:4566/000000000000/loan-detail"}` → `loan-detail` */
function queueNameIn(body: string): string | undefined {
  const url: unknown = (JSON.parse(body || '{}') as { readonly QueueUrl?: unknown }).QueueUrl;
  return typeof url === 'string' ? url.slice(url.lastIndexOf('/') + 1) : undefined;
}
