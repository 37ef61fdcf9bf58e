/** The kind of a note on a test that could not see a part of what it is about; the run's end names the test with it. */
export const UNSEEN = 'unseen';
