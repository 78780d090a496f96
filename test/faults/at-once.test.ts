/** Eight jobs at once through the API; by git push, which takes a minute or more: `npm run test:faults`. */
import { letEightCollide } from './at-once.ts';

letEightCollide('api');
