// Names of outputs that are read by more than people.

/** ARN of the secret between the edge and the API, of the state stack. */
export const ORIGIN_SECRET_OUTPUT = 'OriginSecretArn';
/** Id of the distribution, of the edge stack. */
export const DISTRIBUTION_ID_OUTPUT = 'DistributionId';
