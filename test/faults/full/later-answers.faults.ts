/** A backup after a day of work, and everything that may become of a connection, an answer or a list. */
import { faultGroups } from '../faults.ts';
import { tryAll } from '../try-all.ts';

const { 'the connection': connection, 'the answer': answer, 'the list': list } = faultGroups;

tryAll({ pass: 'later', destination: 'api', faults: [...connection, ...answer, ...list] });
