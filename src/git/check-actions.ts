/** Holds a plan against the tree it was made for: fast-import would overwrite a file without a word. */

import type { Action } from '../model.ts';

type Listing = {
  readonly files: Set<string>;
  /** Folder → how many files are anywhere below it. */
  readonly folders: Map<string, number>;
};

/**
 * @param paths every file of the commit that the plan was made from.
 * @throws Error (a bug of ours, nothing a person can mend) for an action that the tree does not allow.
 */
export function checkActions(actions: readonly Action[], paths: Iterable<string>): void {
  const listing: Listing = { files: new Set(), folders: new Map() };
  for (const path of paths) {
    addFile(listing, path);
  }
  for (const action of actions) {
    switch (action.action) {
      case 'create':
        createFile(listing, action.path);
        break;
      case 'update':
        expectFile(listing, action.path, 'update');
        break;
      case 'move':
        removeFile(listing, action.previousPath, 'move');
        createFile(listing, action.path);
        break;
      case 'delete':
        removeFile(listing, action.path, 'delete');
        break;
    }
  }
}

function createFile(listing: Listing, path: string): void {
  const taken = [path, ...parentFolders(path)].find((name) => listing.files.has(name));
  if (taken !== undefined) {
    throw new Error(`The plan creates ${path}, but ${taken} is a file already.`);
  }
  if (listing.folders.has(path)) {
    throw new Error(`The plan creates ${path}, but that is a folder.`);
  }
  addFile(listing, path);
}

function removeFile(listing: Listing, path: string, verb: string): void {
  expectFile(listing, path, verb);
  listing.files.delete(path);
  for (const folder of parentFolders(path)) {
    const left = (listing.folders.get(folder) ?? 0) - 1;
    if (left > 0) {
      listing.folders.set(folder, left);
    } else {
      listing.folders.delete(folder);
    }
  }
}

function expectFile(listing: Listing, path: string, verb: string): void {
  if (!listing.files.has(path)) {
    throw new Error(`The plan has to ${verb} ${path}, but there is no such file.`);
  }
}

function addFile(listing: Listing, path: string): void {
  listing.files.add(path);
  for (const folder of parentFolders(path)) {
    listing.folders.set(folder, (listing.folders.get(folder) ?? 0) + 1);
  }
}

function parentFolders(path: string): string[] {
  const folders: string[] = [];
  for (let end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) {
    folders.push(path.slice(0, end));
  }
  return folders;
}
