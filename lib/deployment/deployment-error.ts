/** A command of the command line cannot go on; the message says why, and what to do. */
export class DeploymentError extends Error {}
