import { auditFunction } from '../../spine/ops/audits/function.ts';
import { hears } from '../fulfilment/inputs.ts';
import { orderFulfilmentProcess } from '../fulfilment/process.ts';
import { orderNotifications } from '../notifications/order-notifications.ts';
import { readModels } from '../shop.ts';

export const handler = auditFunction(readModels, {
  'order-fulfilment': { manager: orderFulfilmentProcess, hears },
  notifications: orderNotifications,
});
