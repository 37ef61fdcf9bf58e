// XML as CloudFront speaks it, read and written with the SDK's own package.
import { parseXML, XmlNode } from '@aws-sdk/xml-builder';

const namespace = 'http://cloudfront.amazonaws.com/doc/2020-05-31/';

/** An element's text, its elements by their names in order, or several elements of one name. */
export type XmlContent = string | number | readonly XmlContent[] | { readonly [name: string]: XmlContent };

/** A document with that root element. */
export function xmlDocument(root: string, content: XmlContent): string {
  const [element] = elements(root, content);
  return `<?xml version="1.0" encoding="UTF-8"?>${element?.addAttribute('xmlns', namespace)}`;
}

function elements(name: string, content: XmlContent): readonly XmlNode[] {
  if (typeof content === 'string' || typeof content === 'number') return [XmlNode.of(name, String(content))];
  if (isList(content)) return content.flatMap((each) => elements(name, each));
  return [
    new XmlNode(
      name,
      Object.entries(content).flatMap(([child, each]) => [...elements(child, each)]),
    ),
  ];
}

const isList = (content: XmlContent): content is readonly XmlContent[] => Array.isArray(content);

/** @returns the elements by their names, a repeated one as a list; undefined for what is not XML */
export function parsedXml(document: string): unknown {
  try {
    return parseXML(document);
  } catch {
    return undefined;
  }
}
