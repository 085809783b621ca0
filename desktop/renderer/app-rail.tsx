import styles from './app.module.css';
import { keyTable, pressKey } from './base/keys.ts';
import { usePreferences } from './base/preferences.ts';
import { hrefOf, type ScreenName, useRoute } from './base/route.ts';
import { Icon } from './components/icon.tsx';
import { useText } from './text/text.ts';

const places = [
  { screen: 'sell', action: 'toSell' },
  { screen: 'receive', action: 'toReceive' },
  { screen: 'stock', action: 'toStock' },
  { screen: 'history', action: 'toHistory' },
  { screen: 'sync', action: 'toSync' },
  { screen: 'shift', action: 'toShift' },
  { screen: 'people', action: 'toPeople' },
  { screen: 'settings', action: 'toSettings' },
] as const satisfies readonly { screen: ScreenName; action: string }[];

/** The screens, and below them what concerns this counter alone: language, colours, keys. */
export function AppRail({ isSetUp }: { readonly isSetUp: boolean }) {
  const t = useText();
  const route = useRoute();
  const { language, theme } = usePreferences();
  return (
    <nav className={styles['rail']} aria-label={t('app.screens')}>
      <ul>
        {isSetUp &&
          places.map(({ screen, action }) => (
            <li key={screen}>
              <a
                className={styles['railItem']}
                href={hrefOf(screen)}
                aria-current={route.screen === screen ? 'page' : undefined}
              >
                <Icon name={screen} size={22} />
                {t(`screen.${screen}`)}
                <small aria-hidden="true">{keyTable[action].shown}</small>
              </a>
            </li>
          ))}
      </ul>
      <ul className={styles['own']}>
        {isSetUp && (
          <li>
            <button type="button" className={styles['railItem']} onClick={() => pressKey('lock')}>
              <Icon name="lock" />
              {t('key.lock')}
            </button>
          </li>
        )}
        <li>
          <button
            type="button"
            className={styles['railItem']}
            lang={language === 'vi' ? 'en' : 'vi'}
            onClick={() => pressKey('language')}
          >
            <Icon name="language" />
            {t('app.switchLanguage')}
          </button>
        </li>
        <li>
          <button
            type="button"
            className={styles['railItem']}
            aria-label={t('app.theme.change', { theme: t(`app.theme.${theme}`) })}
            onClick={() => pressKey('theme')}
          >
            <Icon name={theme} />
            {t(`app.theme.${theme}`)}
          </button>
        </li>
        <li>
          <button type="button" className={styles['railItem']} onClick={() => pressKey('help')}>
            <Icon name="keys" />
            {t('key.help')}
          </button>
        </li>
      </ul>
    </nav>
  );
}
