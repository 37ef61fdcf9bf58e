// The graphs of a stage's dashboard, from the synthesised template: where each stands, and what its lines are called.
import { Code } from 'aws-cdk-lib/aws-lambda';
import { applicationIn } from '../spine/application-folder.ts';
import { undeployedApp } from '../spine/undeployed-app.ts';

interface Axis {
  readonly label?: string;
}

export interface Widget {
  readonly type: 'metric' | 'text';
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly properties: {
    readonly title?: string;
    readonly markdown?: string;
    readonly yAxis?: { readonly left?: Axis; readonly right?: Axis };
    readonly metrics?: readonly (readonly (string | { readonly label?: string; readonly yAxis?: 'right' })[])[];
  };
}

type Body = string | { readonly 'Fn::Join': readonly [string, readonly unknown[]] };

/** Of the development stage of the application in that folder. What is known on AWS only, as a table's name, is left out. */
export async function dashboardOf(folder: string): Promise<readonly Widget[]> {
  const { addStacks } = await applicationIn(folder);
  const app = undeployedApp({ context: { stage: 'dev', emailSender: 'orders@shop.example' } });
  addStacks(app, () => Code.fromInline('exports.handler = async () => undefined;'));
  const resources = app.synth().stacks.flatMap(({ template }) => Object.values(template.Resources));
  const [dashboard] = (resources as { Type: string; Properties: { DashboardBody: Body } }[]).filter(
    ({ Type }) => Type === 'AWS::CloudWatch::Dashboard',
  );
  if (dashboard === undefined) throw new RangeError(`The application in ${folder} has no dashboard`);
  const body = dashboard.Properties.DashboardBody;
  const text =
    typeof body === 'string'
      ? body
      : body['Fn::Join'][1].map((part) => (typeof part === 'string' ? part : '')).join('');
  return JSON.parse(text).widgets;
}
