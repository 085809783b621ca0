import styles from './app.module.css';
import { dismissNotice, useNotice } from './base/notices.ts';
import { useText } from './text/text.ts';

/** What was just done, and its undo. */
export function AppNotice() {
  const t = useText();
  const notice = useNotice();
  const undo = notice?.undo;
  return (
    <div role="status">
      {notice !== undefined && (
        <div key={notice.id} className={styles['notice']}>
          <span>{notice.text}</span>
          {undo !== undefined && (
            <button
              type="button"
              onClick={() => {
                undo();
                dismissNotice();
              }}
            >
              {t('app.undo')}
            </button>
          )}
        </div>
      )}
    </div>
  );
}
