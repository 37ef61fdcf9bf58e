import { ulid } from 'ulid';
import { commandFunction } from '../../spine/functions/command-function.ts';
import { productEndpoints } from '../products/command-handler.ts';

export const handler = commandFunction(({ ports, authenticate }) =>
  productEndpoints({ ...ports, newId: ulid }, authenticate),
);
