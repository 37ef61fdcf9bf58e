// Stands in every function's bundle for the SDK's chain of credential providers (lib/spine/bundles/bundle-build.ts). Lambda hands a function
// its role's credentials in variables, which is where the chain looks first
// (https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#configuration-envvars-runtime); what it would try
// after them (profiles, single sign-on, a process, a web identity, a container's or a machine's metadata) is not there. SnapStart,
// which hands them over by HTTP, has no Node.js runtime (https://docs.aws.amazon.com/lambda/latest/dg/snapstart.html).
import { fromEnv } from '@aws-sdk/credential-provider-env';

/** What the SDK's clients call for credentials when none are given. */
export const defaultProvider = (): ReturnType<typeof fromEnv> => fromEnv();
