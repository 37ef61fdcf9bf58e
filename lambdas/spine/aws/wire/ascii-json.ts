// JSON in printable ASCII. SQS takes a text only of the characters of XML 1.0 and refuses, by name of InvalidMessageContents, a
// message with any other, such as U+FFFF (https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html);
// emulators draw the line elsewhere. So every service sees ASCII alone, whatever the text is.

const NOT_PRINTABLE_ASCII = /[^\x20-\x7e]/g;

/** The same JSON value, each code unit outside printable ASCII written `\uXXXX`: so its bytes are as many as its characters. */
export const asciiJson = (value: unknown): string =>
  JSON.stringify(value).replace(
    NOT_PRINTABLE_ASCII,
    (codeUnit) => `\\u${codeUnit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
