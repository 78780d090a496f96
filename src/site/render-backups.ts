/** The table of configured backups: what Postman calls integrations. */
import { html, type SafeHtml } from '@remix-run/html-template';
import type { BackupRow } from './model.ts';
import { shownName } from './text.ts';

/** @param label says what the table holds. */
export function renderBackups(backups: readonly BackupRow[], label: string): SafeHtml {
  return html`<div class="wide" tabindex="0" role="group" aria-label="${label}">
<table class="backups">
<thead><tr><th scope="col">Workspace</th><th scope="col">Selection</th><th scope="col">Project</th><th scope="col">Branch</th><th scope="col">Directory</th><th scope="col">Kinds</th><th scope="col">Layout</th><th scope="col">Mode</th><th scope="col">When removed</th><th scope="col">Secrets</th></tr></thead>
<tbody>
${backups.map(renderBackup)}</tbody>
</table>
</div>`;
}

function renderBackup(backup: BackupRow): SafeHtml {
  const cells = [
    names(backup.workspaces, 'every workspace'),
    describeSelection(backup),
    backup.project ?? 'this one',
    backup.branch,
    backup.directory === '' ? '(the whole repository)' : backup.directory,
    backup.kinds.join(', '),
    backup.layout,
    backup.mode,
    backup.removed,
    backup.secrets,
  ];
  return html`<tr>${cells.map((cell) => html`<td><bdi>${shownName(cell)}</bdi></td>`)}</tr>
`;
}

function describeSelection({ collections, exclude }: BackupRow): string {
  const without = exclude.length === 0 ? '' : `, without ${exclude.join(', ')}`;
  return `${names(collections, 'all')}${without}`;
}

function names(list: readonly string[], none: string): string {
  return list.length === 0 ? none : list.join(', ');
}
