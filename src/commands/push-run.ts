/** How the run of a push is told from that of a backup: by the beginning of its `Backup-Run`. */
export const PUSH_RUN = 'push-';
