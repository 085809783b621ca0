import type { Overview } from '../../../shared/contract/console-api.ts';
import { count, percent } from '../format.ts';
import { ViewLink } from '../navigation.tsx';
import type { ViewOf } from '../paths.ts';
import { useText } from '../text/language.tsx';

/** How much of the country is heard, and who is not: read before any other figure. */
export function FreshnessCard({
  overview,
  view,
}: {
  readonly overview: Overview;
  readonly view: ViewOf<'overview'>;
}) {
  const text = useText();
  const { facilities, reportedLast24h } = overview.completeness;
  const neverEnrolled = overview.areas.reduce((sum, area) => sum + area.neverEnrolled, 0);
  const silent = overview.areas.reduce((sum, area) => sum + area.silent, 0);
  const kinds = overview.kinds.filter((kind) => kind.facilities > 0);
  const { scheme, area } = view;
  const parts = [
    { state: 'reporting', facilities: reportedLast24h, mark: 'share-good' },
    { state: 'silent', facilities: silent, mark: 'share-warn' },
    { state: 'never-enrolled', facilities: neverEnrolled, mark: 'share-none' },
  ] as const;
  // A share of nothing is not drawn, not even as a hairline.
  const heard = parts.filter((part) => part.facilities > 0);
  return (
    <section className="card" aria-label={text.overview.freshness}>
      <div className="freshness">
        <div>
          <p className="freshness-figure">{percent(reportedLast24h, facilities)}</p>
          <p className="freshness-name">{text.overview.reportedLast24h}</p>
        </div>
        <div>
          <div className="share-bar" aria-hidden="true">
            {heard.map((part) => (
              <span key={part.state} className={part.mark} style={{ flexGrow: part.facilities }} />
            ))}
          </div>
          <ul className="share-list">
            {parts.map((part) => (
              <li key={part.state}>
                <span className={`share-mark ${part.mark}`} aria-hidden="true" />
                <ViewLink to={{ page: 'facilities', scheme, area, state: part.state }}>
                  <b>{count(part.facilities)}</b> {text.facilityStates[part.state].toLowerCase()}
                </ViewLink>
              </li>
            ))}
          </ul>
        </div>
        <dl className="freshness-kinds">
          {kinds.map((kind) => (
            <div key={kind.kind} className="kind-line">
              <dt>{text.facilityKinds[kind.kind]}</dt>
              <dd className="share-bar" aria-hidden="true">
                <span
                  className="share-good"
                  style={{ width: `${(kind.reportedLast24h / kind.facilities) * 100}%` }}
                />
              </dd>
              <dd className="is-number">{percent(kind.reportedLast24h, kind.facilities)}</dd>
              <dd className="is-number faint">
                {text.overview.ofFacilities(count(kind.reportedLast24h), count(kind.facilities))}
              </dd>
            </div>
          ))}
        </dl>
      </div>
    </section>
  );
}
