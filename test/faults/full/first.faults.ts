/** The first backup into an empty branch, and every fault at one request of each shape. */
import { faults } from '../faults.ts';
import { onePerShape } from '../trials.ts';
import { tryAll } from '../try-all.ts';

tryAll({ pass: 'first', destination: 'api', faults, choose: (trials) => onePerShape(trials) });
