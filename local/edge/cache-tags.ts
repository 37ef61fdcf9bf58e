// The cache tags of an answer: what the origin says of it in the header that the distribution names.
// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/invalidation-specifying-tags.html

/** What comes after them is not kept, so it cannot be invalidated. */
const maxTags = 50;
const tag = /^[\x21-\x7e]{1,256}$/;

/**
 * In lower case, as tags are the same in either.
 * @param header the value of the header, `book-7, loan-detail`
 */
export function cacheTags(header: string | undefined): ReadonlySet<string> {
  const tags = (header ?? '').split(',').map((each) => each.trim().toLowerCase());
  return new Set(tags.filter((each) => tag.test(each)).slice(0, maxTags));
}
