// What services throw, as the SDK names it (https://github.com/smithy-lang/smithy-typescript, packages/service-error-classification).

/** The service takes no more just now. */
export class ThrottlingException extends Error {
  override readonly name = 'ThrottlingException';
  readonly $fault = 'client';
  readonly $metadata = { httpStatusCode: 400 };
}

/** Nobody knows whether the service did it. */
export class TimeoutError extends Error {
  override readonly name = 'TimeoutError';
  readonly $metadata = {};
}

/** The service is away. */
export class ServiceUnavailable extends Error {
  override readonly name = 'ServiceUnavailable';
  readonly $fault = 'server';
  readonly $metadata = { httpStatusCode: 503 };
}
