// On-demand units of DynamoDB in us-east-1, in US dollars, as read on 2026-11-25
// (https://aws.amazon.com/dynamodb/pricing/on-demand/).
import type { Units } from '../../kernel/sweep/pace.ts';

const DOLLARS_PER_MILLION = { read: 0.125, write: 0.625 };
const MILLION = 1_000_000;

/** To a millionth of a dollar. */
export const dollarsOf = ({ read, write }: Units): number =>
  Math.round(read * DOLLARS_PER_MILLION.read + write * DOLLARS_PER_MILLION.write) / MILLION;
