/** Says in a line why nothing was written, and what would be right. */
export class GeneratorError extends Error {}
