// Turns a function's result into a response as an HTTP API does (payload format 2.0).
import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';

/**
 * The response: the function's own if the result has a `statusCode`, else 200 with the result as JSON.
 * @throws Error for a response that AWS answers with 500: a status outside 100 to 599, or a body that is not a string
 */
export function responseOf(result: unknown): APIGatewayProxyStructuredResultV2 {
  if (!isStructured(result)) {
    const body = typeof result === 'string' ? result : JSON.stringify(result ?? null);
    return { statusCode: 200, headers: { 'content-type': 'application/json' }, body };
  }
  const { statusCode, body } = result;
  if (typeof statusCode !== 'number' || !Number.isInteger(statusCode) || statusCode < 100 || statusCode > 599)
    throw new Error(`A function's statusCode must be an integer from 100 to 599, got ${JSON.stringify(statusCode)}.`);
  if (body !== undefined && typeof body !== 'string')
    throw new Error(`A function's body must be a string, got a value of type ${typeof body}.`);
  return result;
}

const isStructured = (result: unknown): result is APIGatewayProxyStructuredResultV2 =>
  typeof result === 'object' && result !== null && 'statusCode' in result;
