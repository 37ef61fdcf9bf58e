import { shop } from '../../lambdas/shop/shop.ts';
import { applicationModule } from '../spine/application-module.ts';
import { shopGroups } from './settings/shop-settings.ts';
import { addShopParts } from './shop-parts.ts';

export default applicationModule(shop, { groups: shopGroups, extend: addShopParts });
