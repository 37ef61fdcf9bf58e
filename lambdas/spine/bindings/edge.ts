// Names of the headers that the API and the edge before it agree on.

/** Response header in which the API names what an answer was made of; the edge keeps it and shows it to nobody. */
export const CACHE_TAG_HEADER = 'cache-tag';

/** Request header that carries the secret by which the API knows the edge. */
export const ORIGIN_SECRET_HEADER = 'x-origin-secret';

/** Request header in which the edge tells the viewer's address, in place of whatever the viewer sends under that name. */
export const VIEWER_ADDRESS_HEADER = 'x-viewer-address';
