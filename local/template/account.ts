// The AWS account that the local host plays: the one its services answer for.

export const partition = 'aws';
export const region = 'us-east-1';
export const accountId = '000000000000';
export const urlSuffix = 'amazonaws.com';

export const arn = (service: string, resource: string): string =>
  `arn:${partition}:${service}:${region}:${accountId}:${resource}`;
