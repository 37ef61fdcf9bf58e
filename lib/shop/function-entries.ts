// The file of each function's entry, from the project's folder on.
export const functionEntries = {
  'orders-command': 'lambdas/shop/functions/orders-command.ts',
  'products-command': 'lambdas/shop/functions/products-command.ts',
  'payment-callback': 'lambdas/shop/functions/payment-callback.ts',
  query: 'lambdas/shop/functions/query.ts',
  relay: 'lambdas/spine/functions/relay/index.ts',
  'fan-out': 'lambdas/spine/functions/fan-out/index.ts',
  redrive: 'lambdas/spine/ops/redrive/index.ts',
  projector: 'lambdas/shop/functions/projector.ts',
  'order-fulfilment': 'lambdas/shop/functions/order-fulfilment.ts',
  notifications: 'lambdas/shop/functions/notifications.ts',
  invalidator: 'lambdas/spine/edge/index.ts',
} as const;
