// An error that keeps the host from starting and that the user can solve: shown in one line, without a stack.

export class StartError extends Error {}
