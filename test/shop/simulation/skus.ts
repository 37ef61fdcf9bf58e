// What the simulated shop sells.
export const SKUS = ['A', 'B'] as const;
