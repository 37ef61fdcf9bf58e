import { join } from 'node:path';

/** Where in an assembly folder the functions' bundles are built, a folder for each. */
export const bundlesIn = (assemblyFolder: string): string => join(assemblyFolder, 'functions');
