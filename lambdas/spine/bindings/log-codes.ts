// Values of the field `code` in log lines that a metric counts: the function writes the line, its alarm looks for the code.

/** A commit was overwritten or deleted, which nothing of ours does. */
export const COMMIT_CHANGED = 'commit_changed';
