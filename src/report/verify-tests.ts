/** junit.xml of a verification: a case for each resource, and one for what concerns a backup as a whole. */
import { nameOfKind } from '../kind-name.ts';
import { printable } from '../printable.ts';
import type { VerifiedBackup, VerifiedResource } from '../verified.ts';
import { describeProblem } from './describe-error.ts';
import { describeVerified } from './describe-verified.ts';
import { describePast, placeOf, remarksOn } from './describe-verify.ts';
import { suiteOf, type TestCase, type TestSuite } from './junit.ts';
import { isSound, type VerifyReport } from './verify-report.ts';

/** @param report passed through `maskReport`. */
export function describeVerifyTests({ backups, error, status }: VerifyReport): readonly TestSuite[] {
  const run: TestCase = {
    '@classname': 'postman-gitlab',
    '@name': 'the verification came to its end',
    ...(error && status === 'failed' ? { failure: describeProblem(error) } : {}),
  };
  return [suiteOf('postman-gitlab', [run]), ...backups.map(describeBackup)];
}

function describeBackup(backup: VerifiedBackup): TestSuite {
  const place = placeOf(backup);
  const { isIndexed, isOverdue, past, resources } = backup;
  const failures = [
    ...(isIndexed && !isOverdue ? [] : remarksOn(backup)),
    ...(past === undefined || past.broken.length === 0 ? [] : describePast(past)),
  ];
  const whole: TestCase = {
    '@classname': place,
    '@name': 'the backup as a whole',
    ...(failures.length === 0 ? {} : { failure: failures.join('\n') }),
  };
  return suiteOf(place, [whole, ...resources.map((one) => describeResource(one, place))]);
}

/** Its path is in the name: a path is there once, and GitLab leaves out a case whose name it has seen. */
function describeResource(one: VerifiedResource, place: string): TestCase {
  const told = describeVerified(one, (text) => `"${printable(text, 500)}"`).join('\n');
  return {
    '@classname': place,
    '@name': `${nameOfKind(one.kind)} ${printable(one.name) || '(no name)'}, ${printable(one.path, 1000)}`,
    '@file': printable(one.path, 1000),
    ...(isSound(one) ? {} : { failure: told }),
    ...(one.state === 'kept' ? { skipped: 'no API takes it back' } : {}),
  };
}
