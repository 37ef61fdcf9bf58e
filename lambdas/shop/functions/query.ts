import { queryFunction } from '../../spine/functions/query-function.ts';
import { required } from '../../spine/runtime/environment.ts';
import { paymentToken } from '../api-values.ts';
import { PAYMENT_PROVIDER } from '../bindings/environment.ts';
import { paymentTokens } from '../payments/providers/payment-tokens.ts';
import { providerNamed } from '../payments/providers/provider-name.ts';
import { api, readModels } from '../shop.ts';

const tokens = paymentTokens[providerNamed(required(PAYMENT_PROVIDER))];

export const handler = queryFunction(api, readModels, new Map([[paymentToken, tokens.schema]]));
