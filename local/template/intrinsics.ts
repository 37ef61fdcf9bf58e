// Replaces CloudFormation's intrinsic functions by the values they stand for. What is not known is an error, so that a
// function never starts with a half-resolved environment.

/** Where the values of references come from. Each method throws for a name it does not know. */
export interface ReferenceScope {
  ref(logicalId: string): unknown;
  attribute(logicalId: string, name: string): unknown;
  importValue(exportName: string): unknown;
}

type Intrinsic = (argument: unknown, scope: ReferenceScope) => unknown;

const intrinsics: Readonly<Record<string, Intrinsic>> = {
  Ref: (argument, scope) => scope.ref(text('Ref', argument)),
  'Fn::GetAtt': (argument, scope) => {
    const [logicalId, name] = typeof argument === 'string' ? splitOnce(argument) : list('Fn::GetAtt', argument);
    return scope.attribute(text('Fn::GetAtt', logicalId), text('Fn::GetAtt', name));
  },
  'Fn::ImportValue': (argument, scope) => scope.importValue(text('Fn::ImportValue', resolve(argument, scope))),
  'Fn::Join': (argument, scope) => {
    const [delimiter, values] = list('Fn::Join', argument);
    const parts = list('Fn::Join', resolve(values, scope)).map((part) => text('Fn::Join', part));
    return parts.join(text('Fn::Join', delimiter));
  },
  'Fn::Split': (argument, scope) => {
    const [delimiter, source] = list('Fn::Split', argument);
    return text('Fn::Split', resolve(source, scope)).split(text('Fn::Split', delimiter));
  },
  'Fn::Select': (argument, scope) => {
    const [index, values] = list('Fn::Select', argument);
    const candidates = list('Fn::Select', resolve(values, scope));
    const selected = candidates[Number(index)];
    if (selected === undefined)
      throw new Error(
        `Fn::Select: an index from 0 to ${candidates.length - 1} is needed, got ${JSON.stringify(index)}`,
      );
    return selected;
  },
  'Fn::Sub': (argument, scope) => {
    const [pattern, variables] = typeof argument === 'string' ? [argument, {}] : list('Fn::Sub', argument);
    return substitute(text('Fn::Sub', pattern), variables as Readonly<Record<string, unknown>>, scope);
  },
};

/** Stands for `AWS::NoValue`: the property or element is left out. */
export const noValue: unique symbol = Symbol('AWS::NoValue');

/**
 * The value with every intrinsic function in it resolved, at any depth.
 * @throws Error for an intrinsic, a reference or an attribute that is not known.
 */
export function resolve(value: unknown, scope: ReferenceScope): unknown {
  if (Array.isArray(value)) return value.map((element) => resolve(element, scope)).filter((each) => each !== noValue);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  const [only] = entries;
  if (only !== undefined && entries.length === 1 && (only[0] === 'Ref' || only[0].startsWith('Fn::'))) {
    const intrinsic = intrinsics[only[0]];
    if (intrinsic === undefined)
      throw new Error(`${only[0]} is not known here; known: ${Object.keys(intrinsics).join(', ')}`);
    return intrinsic(only[1], scope);
  }
  const resolved = entries.map(([key, each]) => [key, resolve(each, scope)] as const);
  return Object.fromEntries(resolved.filter(([, each]) => each !== noValue));
}

const placeholder = /\$\{(?<literal>!)?(?<name>[^}]+)\}/g;

function substitute(pattern: string, variables: Readonly<Record<string, unknown>>, scope: ReferenceScope): string {
  return pattern.replaceAll(placeholder, (_match, literal: string | undefined, name: string) => {
    if (literal !== undefined) return `\${${name}}`;
    if (name in variables) return text('Fn::Sub', resolve(variables[name], scope));
    const value = name.includes('.') ? scope.attribute(...splitOnce(name)) : scope.ref(name);
    return text('Fn::Sub', value);
  });
}

function splitOnce(dotted: string): [string, string] {
  const dot = dotted.indexOf('.');
  return [dotted.slice(0, dot), dotted.slice(dot + 1)];
}

function text(intrinsic: string, value: unknown): string {
  if (typeof value === 'string' || typeof value === 'number') return String(value);
  throw new Error(`${intrinsic}: a string is needed, got ${JSON.stringify(value)}`);
}

function list(intrinsic: string, value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw new Error(`${intrinsic}: a list is needed, got ${JSON.stringify(value)}`);
}
