// The function's one logger: JSON lines with the service's name and, while there is one, the correlation id.
import { Logger } from '@aws-lambda-powertools/logger';

export const logger = new Logger();
