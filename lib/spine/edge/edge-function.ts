// A CloudFront function with the code of a file in `lib/spine/edge/functions`, which stands in the template as it is.
import { fileURLToPath } from 'node:url';
import { Function as CloudFrontFunction, FunctionCode, FunctionRuntime } from 'aws-cdk-lib/aws-cloudfront';
import type { Construct } from 'constructs';

/** The construct's id is the name of the file. */
export class EdgeFunction extends CloudFrontFunction {
  constructor(scope: Construct, id: string) {
    super(scope, id, {
      runtime: FunctionRuntime.JS_2_0,
      code: FunctionCode.fromFile({ filePath: fileURLToPath(new URL(`./functions/${id}.js`, import.meta.url)) }),
    });
  }
}
