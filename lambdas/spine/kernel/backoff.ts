/**
 * How long to pause before another attempt: full jitter, as in AWS's "Exponential Backoff And Jitter".
 * @param random from 0 up to 1
 */
export const backoffMillis = (attempt: number, random: number): number => random * Math.min(10 * 2 ** attempt, 500);
