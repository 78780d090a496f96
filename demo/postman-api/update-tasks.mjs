/** Asynchronous updates of collections: accepted at once, done some requests later, so that no test waits for a clock. */

/** @import { Answer, PostmanApiOptions, RouteContext, UpdateTask, UpdateTasks } from './types.mjs' */

import { noSuchRoute } from './errors.mjs';
import { uuidFrom } from './ids.mjs';

const DEFAULT_LENGTH = 2;

/** @param {PostmanApiOptions} options @returns {UpdateTasks} */
export function createUpdateTasks({ taskRequests = DEFAULT_LENGTH }) {
  /** @type {UpdateTask[]} */
  const tasks = [];
  return {
    start(collection, count, apply) {
      const id = uuidFrom(`task/${collection}/${count}`);
      /** @type {UpdateTask} */
      const task = { id, collection, status: 'in-progress', endsAt: count + taskRequests, apply };
      tasks.push(task);
      return task;
    },
    find: (id) => tasks.find((task) => task.id === id),
    isRunning: (collection) =>
      tasks.some((task) => task.collection === collection && task.status === 'in-progress'),
    advance(count) {
      for (const task of tasks) {
        if (task.status === 'in-progress' && task.endsAt <= count) {
          task.status = task.apply();
        }
      }
    },
  };
}

/** `GET /collection-updates-tasks/{taskId}`. @param {RouteContext} context @returns {Answer} */
export function getUpdateTask({ tasks, params }) {
  const task = tasks.find(params[0]);
  return task === undefined ? noSuchRoute() : { status: 200, json: { id: task.id, status: task.status } };
}
