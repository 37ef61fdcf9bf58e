// A CloudFormation that answers with a template, or that there is no stack.
import { fakeAws } from './fake-aws.ts';

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

/** Each answer is the template of the stack that is asked for; without one there is none. */
export const fakeCloudFormation = () =>
  fakeAws<object>('CLOUDFORMATION', (template, response) => {
    const body =
      template === undefined
        ? '<ErrorResponse><Error><Type>Sender</Type><Code>ValidationError</Code><Message>Stack with id eventspine-dev-state does not exist</Message></Error></ErrorResponse>'
        : `<GetTemplateResponse><GetTemplateResult><TemplateBody>${escaped(JSON.stringify(template))}</TemplateBody></GetTemplateResult></GetTemplateResponse>`;
    response.writeHead(template === undefined ? 400 : 200, { 'content-type': 'text/xml' }).end(body);
  });
