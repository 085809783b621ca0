import { Menu, UnstyledButton, useMantineColorScheme } from '@mantine/core';
import type { ReactNode } from 'react';
import { areaName } from '../../shared/model/area.ts';
import { Icon, type IconName } from './components/icon.tsx';
import { useLiveUpdates } from './live.ts';
import { ViewLink } from './navigation.tsx';
import type { PageName, Target, View } from './paths.ts';
import { useAccount, useSessionChanges } from './session.tsx';
import { type Language, languages, useLanguage, useText } from './text/language.tsx';
import './shell.css';

type Place = {
  readonly target: Target;
  readonly icon: IconName;
  readonly label: string;
  readonly pages: readonly PageName[];
};

/** What surrounds every page: where one can go, who is signed in, and how the console looks. */
export function Shell({ view, children }: { readonly view: View; readonly children: ReactNode }) {
  const text = useText();
  const isLive = useLiveUpdates();
  const isNational = useAccount().scope.kind === 'nation';
  return (
    <div className="shell">
      <a className="skip-link" href="#content">
        {text.common.skipToContent}
      </a>
      <aside className="sidebar">
        <ViewLink to={{ page: 'overview' }} className="brand">
          <BrandMark />
          <span>
            <strong className="brand-name">{text.app.name}</strong>
            <span className="brand-role">
              {isNational ? text.app.console : text.app.provincialConsole}
            </span>
          </span>
        </ViewLink>
        <Navigation view={view} />
        <div className="sidebar-foot">
          <p className="live-state" role="status">
            <span className={isLive ? 'live-dot is-live' : 'live-dot'} aria-hidden="true" />
            {isLive ? text.shell.live : text.shell.notLive}
          </p>
          <div className="sidebar-tools">
            <LanguageMenu />
            <ColourMenu />
            <AccountMenu />
          </div>
        </div>
      </aside>
      <main id="content" className="content" tabIndex={-1}>
        {children}
      </main>
    </div>
  );
}

export function BrandMark() {
  return (
    <svg className="brand-mark" viewBox="0 0 32 32" width="30" height="30" aria-hidden="true">
      <rect width="32" height="32" rx="8" fill="var(--accent)" />
      <path d="M13 7h6v6h6v6h-6v6h-6v-6H7v-6h6z" fill="var(--accent-ink)" />
      <circle cx="16" cy="16" r="3.2" fill="var(--accent)" />
    </svg>
  );
}

function Navigation({ view }: { readonly view: View }) {
  const text = useText();
  const isNational = useAccount().scope.kind === 'nation';
  const watch: readonly Place[] = [
    {
      target: { page: 'overview' },
      icon: 'overview',
      label: text.nav.overview,
      pages: ['overview'],
    },
    { target: { page: 'drugs' }, icon: 'drugs', label: text.nav.drugs, pages: ['drugs', 'drug'] },
    { target: { page: 'lots' }, icon: 'lots', label: text.nav.lots, pages: ['lots', 'lot'] },
    {
      target: { page: 'facilities' },
      icon: 'facilities',
      label: text.nav.facilities,
      pages: ['facilities', 'facility', 'newFacility', 'editFacility'],
    },
    { target: { page: 'alerts' }, icon: 'alerts', label: text.nav.alerts, pages: ['alerts'] },
    {
      target: { page: 'clinic' },
      icon: 'clinic',
      label: text.nav.clinic,
      pages: ['clinic', 'clinicRecord'],
    },
    {
      target: { page: 'agreement' },
      icon: 'agreement',
      label: text.nav.agreement,
      pages: ['agreement'],
    },
  ];
  const manage: readonly Place[] = [
    { target: { page: 'codes' }, icon: 'codes', label: text.nav.codes, pages: ['codes'] },
    { target: { page: 'carried' }, icon: 'upload', label: text.nav.carried, pages: ['carried'] },
    ...(isNational
      ? ([
          {
            target: { page: 'imports' },
            icon: 'catalogue',
            label: text.nav.catalogue,
            pages: ['imports', 'import'],
          },
          { target: { page: 'audit' }, icon: 'audit', label: text.nav.audit, pages: ['audit'] },
        ] as const)
      : []),
  ];
  return (
    <nav className="nav" aria-label={text.nav.main}>
      <NavList title={text.nav.watch} places={watch} page={view.page} />
      <NavList title={text.nav.manage} places={manage} page={view.page} />
    </nav>
  );
}

function NavList({
  title,
  places,
  page,
}: {
  readonly title: string;
  readonly places: readonly Place[];
  readonly page: PageName;
}) {
  return (
    <div className="nav-group">
      <p className="nav-title">{title}</p>
      <ul>
        {places.map((place) => (
          <li key={place.label}>
            <ViewLink
              to={place.target}
              className="nav-link"
              {...(place.pages.includes(page) ? { 'aria-current': 'page' as const } : {})}
            >
              <Icon name={place.icon} size={17} />
              {place.label}
            </ViewLink>
          </li>
        ))}
      </ul>
    </div>
  );
}

function LanguageMenu() {
  const { language, text, changeLanguage } = useLanguage();
  const next = languages.find((other) => other !== language) ?? language;
  return (
    <UnstyledButton
      className="sidebar-tool"
      onClick={() => changeLanguage(next)}
      title={text.shell.changeLanguage}
      lang={next}
    >
      <Icon name="language" size={17} />
      <span className="sidebar-tool-word">{languageShort[next]}</span>
      <span className="visually-hidden">{text.shell.changeLanguage}</span>
    </UnstyledButton>
  );
}

const languageShort: Readonly<Record<Language, string>> = { vi: 'VI', en: 'EN' };

function ColourMenu() {
  const text = useText();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const choices = [
    { value: 'auto', icon: 'system', label: text.shell.colourSystem },
    { value: 'light', icon: 'sun', label: text.shell.colourLight },
    { value: 'dark', icon: 'moon', label: text.shell.colourDark },
  ] as const;
  const current = choices.find((choice) => choice.value === colorScheme) ?? choices[0];
  return (
    <Menu position="top-start" shadow="md" transitionProps={{ duration: 0 }}>
      <Menu.Target>
        <UnstyledButton
          className="sidebar-tool"
          aria-label={`${text.shell.colours}: ${current.label}`}
          title={text.shell.colours}
        >
          <Icon name={current.icon} size={17} />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        {choices.map((choice) => (
          <Menu.Item
            key={choice.value}
            leftSection={<Icon name={choice.icon} />}
            onClick={() => setColorScheme(choice.value)}
          >
            {choice.label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

function AccountMenu() {
  const text = useText();
  const account = useAccount();
  const { signOut } = useSessionChanges();
  const scope =
    account.scope.kind === 'nation'
      ? text.area.country
      : areaName(account.scope.scheme, account.scope.code);
  return (
    <Menu position="top-start" shadow="md" transitionProps={{ duration: 0 }}>
      <Menu.Target>
        <UnstyledButton className="sidebar-tool account-tool" title={account.displayName}>
          <Icon name="account" size={17} />
          <span className="account-name">
            <span>{account.displayName}</span>
            <span className="faint small">{scope}</span>
          </span>
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{account.name}</Menu.Label>
        <Menu.Item leftSection={<Icon name="logout" />} onClick={() => void signOut()}>
          {text.shell.signOut}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
