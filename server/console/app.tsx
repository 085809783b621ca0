import { lazy, type ReactNode, Suspense, useEffect, useRef } from 'react';
import { unreachable } from '../../shared/base/assert.ts';
import { Placeholder } from './components/states.tsx';
import { useView } from './navigation.tsx';
import { NotFoundPage } from './pages/not-found-page.tsx';
import { SignInPage } from './pages/sign-in-page.tsx';
import type { View } from './paths.ts';
import { SignedIn } from './session.tsx';
import { Shell } from './shell.tsx';

// Each page arrives when it is first opened: the first paint waits for none of them.
const AlertsPage = lazy(async () => pageOf((await import('./pages/alerts-page.tsx')).AlertsPage));
const AuditPage = lazy(async () => pageOf((await import('./pages/audit-page.tsx')).AuditPage));
const CarriedPage = lazy(async () =>
  pageOf((await import('./pages/carried-page.tsx')).CarriedPage),
);
const AgreementPage = lazy(async () =>
  pageOf((await import('./pages/agreement-page.tsx')).AgreementPage),
);
const ClinicPage = lazy(async () => pageOf((await import('./pages/clinic-page.tsx')).ClinicPage));
const ClinicRecordPage = lazy(async () =>
  pageOf((await import('./pages/clinic-record-page.tsx')).ClinicRecordPage),
);
const CodesPage = lazy(async () => pageOf((await import('./pages/codes-page.tsx')).CodesPage));
const DrugPage = lazy(async () => pageOf((await import('./pages/drug-page.tsx')).DrugPage));
const DrugsPage = lazy(async () => pageOf((await import('./pages/drugs-page.tsx')).DrugsPage));
const FacilitiesPage = lazy(async () =>
  pageOf((await import('./pages/facilities-page.tsx')).FacilitiesPage),
);
const FacilityPage = lazy(async () =>
  pageOf((await import('./pages/facility-page.tsx')).FacilityPage),
);
const EditFacilityPage = lazy(async () =>
  pageOf((await import('./pages/facility-form-page.tsx')).EditFacilityPage),
);
const NewFacilityPage = lazy(async () =>
  pageOf((await import('./pages/facility-form-page.tsx')).NewFacilityPage),
);
const ImportPage = lazy(async () => pageOf((await import('./pages/import-page.tsx')).ImportPage));
const ImportsPage = lazy(async () =>
  pageOf((await import('./pages/imports-page.tsx')).ImportsPage),
);
const LotPage = lazy(async () => pageOf((await import('./pages/lot-page.tsx')).LotPage));
const LotsPage = lazy(async () => pageOf((await import('./pages/lots-page.tsx')).LotsPage));
const OverviewPage = lazy(async () =>
  pageOf((await import('./pages/overview-page.tsx')).OverviewPage),
);

export function App() {
  return (
    <SignedIn signIn={<SignInPage />}>
      <Console />
    </SignedIn>
  );
}

function Console() {
  const view = useView();
  useScrollToTop(view);
  return (
    <Shell view={view}>
      <Suspense fallback={<Placeholder lines={8} />}>{pageFor(view)}</Suspense>
    </Shell>
  );
}

function pageFor(view: View): ReactNode {
  switch (view.page) {
    case 'overview':
      return <OverviewPage view={view} />;
    case 'drugs':
      return <DrugsPage view={view} />;
    case 'drug':
      return <DrugPage key={view.code} view={view} />;
    case 'lots':
      return <LotsPage view={view} />;
    case 'lot':
      return <LotPage key={`${view.drug}|${view.lot}`} view={view} />;
    case 'facilities':
      return <FacilitiesPage view={view} />;
    case 'newFacility':
      return <NewFacilityPage />;
    case 'facility':
      return <FacilityPage key={view.id} view={view} />;
    case 'editFacility':
      return <EditFacilityPage key={view.id} view={view} />;
    case 'codes':
      return <CodesPage />;
    case 'alerts':
      return <AlertsPage view={view} />;
    case 'clinic':
      return <ClinicPage view={view} />;
    case 'clinicRecord':
      return <ClinicRecordPage key={`${view.till}/${view.seq}`} view={view} />;
    case 'agreement':
      return <AgreementPage view={view} />;
    case 'imports':
      return <ImportsPage />;
    case 'import':
      return <ImportPage key={view.id} view={view} />;
    case 'carried':
      return <CarriedPage />;
    case 'audit':
      return <AuditPage view={view} />;
    case 'notFound':
      return <NotFoundPage />;
    default:
      return unreachable(view);
  }
}

/** A new page starts at its top; a change of what it shows stays where the eye is. */
function useScrollToTop(view: View) {
  const id = 'id' in view ? view.id : 'code' in view ? view.code : '';
  const seq = 'seq' in view ? view.seq : '';
  const place = `${view.page}/${id}${seq}`;
  const lastPlace = useRef(place);
  useEffect(() => {
    if (lastPlace.current !== place) window.scrollTo(0, 0);
    lastPlace.current = place;
  }, [place]);
}

/** What `lazy` wants to be given. */
function pageOf<Page>(page: Page): { readonly default: Page } {
  return { default: page };
}
