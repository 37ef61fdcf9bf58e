// This application with a defect: its order details cannot fold one cancellation.
import { join } from 'node:path';
import { copyOfProject, replace } from './project-copy.ts';

/** @param reason of the cancellation @returns the folder of its CDK app; tests delete it */
export async function poisonedVersion(reason: string): Promise<string> {
  const folder = await copyOfProject();
  await replace(join(folder, 'lambdas/shop/orders/order-detail.ts'), [
    ["case 'OrderCancelled':", `$&\n      if (event.data.reason === '${reason}') throw new Error('It is poison');`],
  ]);
  return folder;
}
