export const catalogue = { name: 'catalogue', categories: ['product'], generation: 1, indexes: [] };
