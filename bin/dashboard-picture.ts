// `npm run dashboard-picture` draws docs/dashboard.png from the definition of the shop's dashboard.
import { drawDashboard } from '../lib/dashboard-picture/draw.ts';

await drawDashboard('lib/shop');
