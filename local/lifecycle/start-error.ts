// An error that keeps the host from starting and that the user can do something about: told in one line, without a stack.

export class StartError extends Error {}
