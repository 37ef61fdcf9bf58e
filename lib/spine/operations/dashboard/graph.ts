// A graph of the dashboard: what it shows, each line with the name that people read.
import { GraphWidget, type MathExpression, type Metric } from 'aws-cdk-lib/aws-cloudwatch';

export type Line = Metric | MathExpression;

export interface Graph {
  readonly title: string;
  /** By their names. */
  readonly lines: Readonly<Record<string, Line>>;
  /** Another scale, on the right. */
  readonly rightLines?: Readonly<Record<string, Line>>;
  /** What the left scale counts. */
  readonly unit: string;
  readonly rightUnit?: string;
}

/** CloudWatch's grid (https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html). */
export const GRID_COLUMNS = 24;

const HEIGHT = 6;

const named = (lines: Readonly<Record<string, Line>>): Line[] =>
  Object.entries(lines).map(([label, metric]) => metric.with({ label }));

/** Graphs side by side, the whole width. */
export const widgetsOf = (graphs: readonly Graph[]): GraphWidget[] =>
  graphs.map(
    ({ title, lines, rightLines = {}, unit, rightUnit }) =>
      new GraphWidget({
        title,
        width: Math.floor(GRID_COLUMNS / graphs.length),
        height: HEIGHT,
        left: named(lines),
        right: named(rightLines),
        leftYAxis: { label: unit, showUnits: false, min: 0 },
        ...(rightUnit !== undefined && { rightYAxis: { label: rightUnit, showUnits: false, min: 0 } }),
      }),
  );
