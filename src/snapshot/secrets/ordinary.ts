/** Values with letters and digits that only name a server, a person, a version, a region, a format or a moment. */

// Of a host name (RFC 1035), with room for a scheme, a port and a path.
const MAX_LENGTH = 300;
// Users mark the address of a server as secret, too: taking it out of every URL would leave none that works. Host names
// are written in small letters, which tells them from tokens with dots.
const ADDRESS =
  /^(?:[a-z][a-z0-9+.-]*:\/\/)?(?:localhost|\d{1,3}(?:\.\d{1,3}){3}|(?:[a-z0-9_-]+\.)+[a-z]{2,20})(?::\d{1,5})?(?:\/[a-z0-9/._~-]*)?$/;
const MAIL = /^[\w.+-]+@[\w-]+(?:\.[\w-]+)+$/;
// `v1.2.3-beta`, `2.0.0-rc.1+build7`
const VERSION = /^v?\d+(?:\.\d+)+(?:[-+._]\d+|[-+._][a-z]{1,12}\d*)*$/i;
// `us-east-1`, `us-gov-west-1`, `europe-west1`, `us-central1-a`, `eastus2`, `East US 2`, as AWS, Google and Azure name them.
const REGION =
  /^(?:[a-z]{2,14}[-_ ]){0,2}(?:(?:north|south)?(?:east|west|central)|north|south)(?:[-_ ]?[a-z]{2})?[-_ ]?\d{1,2}-?[a-z]?$/i;
const MEDIA_TYPE =
  /^(?:application|audio|font|image|message|multipart|text|video)\/[\w.+-]+(?:; ?[\w-]+=[\w.-]+)*$/i;
const ISO_MOMENT = /^\d{4}-?\d\d-?\d\d(?:[T ][\d:.]+(?:Z|[+-]\d\d:?\d\d)?)?$/;
// `31-Jan-2025`, `Jan 31, 2025`, `Fri, 31 Jan 2025 10:00:00 GMT`
const MONTH = '(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}';
const MOMENT_IN_WORDS = new RegExp(
  String.raw`^(?:[a-z]{3,9},? )?(?:\d{1,2}[ -]${MONTH}[ -]|${MONTH} \d{1,2},? )\d{4}(?:,? [\d:.]+)?(?: [ap]m)?(?: (?:gmt|utc|[+-]\d{4}))?$`,
  'i',
);

export function isOrdinary(text: string): boolean {
  return (
    text.length <= MAX_LENGTH &&
    [ADDRESS, MAIL, VERSION, REGION, MEDIA_TYPE, ISO_MOMENT, MOMENT_IN_WORDS].some((ordinary) =>
      ordinary.test(text),
    )
  );
}
