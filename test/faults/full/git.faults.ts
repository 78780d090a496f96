/** Backups by git: every fault of the server that git talks to, and a few of Postman's. */
import { faults } from '../faults.ts';
import { someTrials, type Trial } from '../trials.ts';
import { tryAll } from '../try-all.ts';

function mostlyOfGit(trials: readonly Trial[]): readonly Trial[] {
  const ofPostman = trials.filter(({ server }) => server === 'postman');
  return [...trials.filter(({ server }) => server === 'gitlab'), ...someTrials(ofPostman, 2)];
}

tryAll({ pass: 'later', destination: 'git', faults, choose: mostlyOfGit });
tryAll({ pass: 'first', destination: 'git', faults, choose: (trials) => someTrials(trials, 4) });
tryAll({ pass: 'later', destination: 'local', faults, choose: (trials) => someTrials(trials, 2) });
