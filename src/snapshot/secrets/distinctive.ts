/** Whether a secret is so unlike ordinary text that the same characters elsewhere are the same secret. */
import { looksMadeUp } from './made-up.ts';
import { isCredentialParameter } from './parameter-names.ts';
import { isStandIn, withoutReferences } from './placeholder.ts';

const WEB_ADDRESS = /^(?:https?|wss?):\/\/\S*$/i;
// A reference to a variable was taken out: what is left of `{{user}}:{{password}}@` names nobody.
const USER_INFO = /:\/\/(?!:?@)[^/?#\s]*@/;
const PARAMETER = /[?&#;](?<name>[^=&#?;]{1,60})=(?<value>[^&#]*)/g;

/**
 * Judges a secret by what is left of it without references to variables. The address of a server or of a page of it is
 * never distinctive, unless it carries a credential itself.
 */
export function isDistinctive(value: string): boolean {
  const text = withoutReferences(value);
  return !isStandIn(value) && !isWebAddress(text) && looksMadeUp(text);
}

function isWebAddress(text: string): boolean {
  return WEB_ADDRESS.test(text) && !USER_INFO.test(text) && !hasCredentialParameter(text);
}

function hasCredentialParameter(url: string): boolean {
  return [...url.matchAll(PARAMETER)].some(({ groups }) => {
    const value = groups?.['value'] ?? '';
    return isCredentialParameter(groups?.['name'] ?? '', value) && !isStandIn(value);
  });
}
