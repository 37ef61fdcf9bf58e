// The function that decides commands on orders: it counts a customer's open orders too, and reads nothing else of them.
import type { Construct } from 'constructs';
import { openOrders } from '../../../lambdas/shop/read-models.ts';
import {
  OPEN_ORDERS_PER_CUSTOMER,
  PAYMENT_PROVIDER,
  readTableVariable,
} from '../../../lambdas/spine/bindings/environment.ts';
import { CommandFunction, type CommandFunctionProps } from '../../spine/api/command-function.ts';
import type { ReadModel } from '../../spine/events/read-model.ts';
import type { ShopSettings } from '../settings/shop-settings.ts';

export interface OrdersCommandProps extends CommandFunctionProps {
  readonly settings: ShopSettings;
  readonly readModels: readonly ReadModel[];
}

export class OrdersCommand extends CommandFunction {
  /** @throws Error when the read model of customers' orders is not among the read models */
  constructor(scope: Construct, id: string, { readModels, ...props }: OrdersCommandProps) {
    const { settings } = props;
    const orders = readModels.find(({ projection }) => projection.name === openOrders.readModel);
    if (orders === undefined)
      throw new Error(`Orders cannot be counted without the read model ${openOrders.readModel}.`);
    super(scope, id, {
      ...props,
      environment: {
        [PAYMENT_PROVIDER]: settings.payments.provider,
        [OPEN_ORDERS_PER_CUSTOMER]: String(settings.openOrdersPerCustomer),
        [readTableVariable(openOrders.readModel)]: orders.table.tableName,
        ...props.environment,
      },
    });
    orders.grantCount(this, openOrders.index);
  }
}
