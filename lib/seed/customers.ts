// Who the seeded shop is for: names, which are also the subjects of tokens where the issuer takes any.

export const customers: readonly string[] = [
  ...['alice', 'bruno', 'chidi', 'dagny', 'emre', 'fatima'],
  ...['goran', 'hana', 'ivo', 'june', 'kofi', 'lena'],
];

/** Of the staff. */
export const clerk = 'sam';
