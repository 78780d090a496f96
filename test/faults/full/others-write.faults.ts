/** Others write while a backup by git runs. */
import { letOthersWrite } from '../others-write.ts';

letOthersWrite('git');
letOthersWrite('local');
