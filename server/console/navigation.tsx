import type { AnchorHTMLAttributes, MouseEvent, ReactNode } from 'react';
import { useMemo } from 'react';
import { navigate, usePathname, useSearch } from 'wouter/use-browser-location';
import { type Target, urlOf, type View, viewAt } from './paths.ts';

/** The view the address bar shows; it changes with every navigation. */
export function useView(): View {
  const pathname = usePathname();
  const search = useSearch();
  return useMemo(() => viewAt({ pathname, search }), [pathname, search]);
}

/** Goes to a view. `replace` for what a person would not want to step back through, as typing. */
export function goTo(target: Target, { replace = false }: { readonly replace?: boolean } = {}) {
  const url = urlOf(target);
  if (url !== `${location.pathname}${location.search}`) navigate(url, { replace });
}

type ViewLinkProps = Omit<AnchorHTMLAttributes<HTMLAnchorElement>, 'href' | 'onClick'> & {
  readonly to: Target;
  readonly children: ReactNode;
};

/** A real link, so that it can be copied and opened in a new tab; a plain click stays in the page. */
export function ViewLink({ to, children, ...attributes }: ViewLinkProps) {
  return (
    <a {...attributes} href={urlOf(to)} onClick={(event) => followInPage(event, to)}>
      {children}
    </a>
  );
}

/** For links that are not HTML anchors, as the shapes of the map. */
export function followInPage(event: MouseEvent, target: Target) {
  const wantsOtherTab =
    event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey;
  if (wantsOtherTab || event.defaultPrevented) return;
  event.preventDefault();
  goTo(target);
}
