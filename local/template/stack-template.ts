// The parts of a synthesised CloudFormation template that the local host reads.

export interface StackTemplate {
  readonly stack: string;
  /** Absolute path of the folder that asset paths in the template start from. */
  readonly assemblyFolder: string;
  readonly template: {
    readonly Resources?: Readonly<Record<string, TemplateResource>>;
    readonly Outputs?: Readonly<Record<string, TemplateOutput>>;
  };
}

export interface TemplateResource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
  readonly Metadata?: Readonly<Record<string, unknown>>;
  readonly Condition?: string;
}

interface TemplateOutput {
  readonly Value: unknown;
  readonly Export?: { readonly Name: unknown };
}
