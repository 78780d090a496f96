/** Eight jobs at once by git push. */
import { letEightCollide } from '../at-once.ts';

letEightCollide('git');
