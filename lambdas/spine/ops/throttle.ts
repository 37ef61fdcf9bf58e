/** The part of the stage's throttle that each route for operators takes: few people call it, and it asks much of other services. */
export const SHARE_OF_OPERATORS = 0.01;
