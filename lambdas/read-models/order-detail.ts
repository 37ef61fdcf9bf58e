export const orderDetail = { name: 'order-detail', categories: ['order'], generation: 1, indexes: [] };
