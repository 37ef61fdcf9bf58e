// An address in the form in which SES takes it: it has no SMTPUTF8, so the part before the @ must be ASCII, and the domain is in
// Punycode (https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_Destination.html).
import { domainToASCII } from 'node:url';

/** RFC 5322's dot-atom. A quoted local part could turn one address into two, or into a name with an address. */
const LOCAL_PART = /^[\w!#$%&'*+/=?^`{|}~-]+(\.[\w!#$%&'*+/=?^`{|}~-]+)*$/;
const DOMAIN = /^[a-z0-9-]+(\.[a-z0-9-]+)+$/;

/** @returns `undefined` for an address that SES cannot send to */
export function destination(address: string): string | undefined {
  const at = address.lastIndexOf('@');
  const [localPart, domain] = [address.slice(0, Math.max(at, 0)), domainToASCII(address.slice(at + 1))];
  return LOCAL_PART.test(localPart) && DOMAIN.test(domain) ? `${localPart}@${domain}` : undefined;
}
