import { shop } from '../../lambdas/shop/shop.ts';
import { applicationModule } from '../spine/application-module.ts';
import { addShopParts } from './shop-parts.ts';

export default applicationModule(shop, addShopParts);
