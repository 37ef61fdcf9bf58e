import { notificationFunction } from '../../spine/notifications/function.ts';
import { orderNotifications } from '../notifications/order-notifications.ts';

export const handler = notificationFunction(orderNotifications);
