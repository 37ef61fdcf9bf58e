// Stands before Kinesis and notes the records that it takes. So readers look for records only when there are some
// (kinesis-local needs 3 ms of a core to say that there are none), and the host knows at any time how many are unread.
import { startHttpFront } from '../http-front.ts';
import { endpointAt, type Service } from '../service.ts';
import type { Arrivals } from './arrivals.ts';

/** @param port where Kinesis itself listens */
export const startFront = (port: number, arrivals: Arrivals): Promise<Service> =>
  startHttpFront(() => endpointAt(port), {
    answered(request, answer) {
      if (answer.status === 200 && /\.PutRecords?$/.test(String(request.headers['x-amz-target'])))
        arrivals.note(request.body, answer.body);
    },
  });
