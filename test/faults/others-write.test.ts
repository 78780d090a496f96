/** Others write while a backup through GitLab's API runs; `npm run test:faults` does the same with git and a local path. */
import { letOthersWrite } from './others-write.ts';

letOthersWrite('api');
