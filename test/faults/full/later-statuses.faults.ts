/** A backup after a day of work, and every status that an answer may have instead. */
import { faultGroups } from '../faults.ts';
import { tryAll } from '../try-all.ts';

tryAll({ pass: 'later', destination: 'api', faults: faultGroups['the status'] });
