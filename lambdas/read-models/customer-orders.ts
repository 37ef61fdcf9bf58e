export const customerOrders = { name: 'customer-orders', categories: ['order'], generation: 1, indexes: [{ name: 'by-customer', partitionKey: 'customerId', sortKey: 'placedAtAndOrder' }] };
