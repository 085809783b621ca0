import { useAnswer } from '../answers.ts';
import type { Answer } from '../client.ts';
import { Icon } from '../components/icon.tsx';
import { count, dateTime } from '../format.ts';
import { ViewLink } from '../navigation.tsx';
import { useText } from '../text/language.tsx';
import './clinic-page.css';
import './facility-page.css';

/** A restore is news for a month; what it lost stays on the screen until it is back. */
const shownMs = 30 * 86_400_000;

/**
 * Says that the centre went back in time, and whether its tills have sent again what it had lost:
 * until then its figures are incomplete. Nothing in the first life of the database.
 */
export function EpochNote({ isEverShown = false }: { readonly isEverShown?: boolean }) {
  const text = useText();
  const { data } = useAnswer('centreEpoch', {});
  if (data === undefined || data.number <= 1) return null;
  const isOld = Date.now() - Date.parse(data.beganAt) > shownMs;
  if (isOld && data.missingEvents === 0 && !isEverShown) return null;
  const isWhole = data.missingEvents === 0;
  const title = text.epoch.title(dateTime(data.beganAt));
  return (
    <section className={isWhole ? 'note note-info' : 'note'} aria-label={title}>
      <Icon name="clinic" size={20} />
      <div>
        <p>
          <strong>{title}.</strong> {text.epoch.reasons[data.reason]}
        </p>
        <p>
          {data.tills === 0
            ? text.epoch.nothingLost
            : text.epoch.lost(count(data.tills), count(data.lostEvents))}{' '}
          {data.tills === 0
            ? null
            : isWhole
              ? text.epoch.allBack
              : text.epoch.missing(count(data.missingEvents))}
        </p>
        {isEverShown ? <Facilities facilities={data.facilities} /> : null}
      </div>
      {isEverShown ? null : (
        <ViewLink className="tool-button" to={{ page: 'agreement' }}>
          {text.epoch.more}
        </ViewLink>
      )}
    </section>
  );
}

const facilitiesShown = 12;

/** Whose figures are, or were, incomplete: those that lack most first. */
function Facilities({ facilities }: Pick<Answer<'centreEpoch'>, 'facilities'>) {
  const text = useText();
  if (facilities.length === 0) return null;
  const others = facilities.length - facilitiesShown;
  return (
    <>
      <p>{text.epoch.facilities}:</p>
      <ul className="plain-list">
        {facilities.slice(0, facilitiesShown).map((row) => (
          <li key={row.facilityId}>
            <ViewLink to={{ page: 'facility', id: row.facilityId }}>{row.facilityName}</ViewLink> ·{' '}
            {row.provinceName} ·{' '}
            {row.missingEvents === 0
              ? text.epoch.facilityWhole(count(row.lostEvents))
              : text.epoch.facilityLost(count(row.lostEvents), count(row.missingEvents))}
          </li>
        ))}
      </ul>
      {others > 0 ? <p className="faint">{text.epoch.moreFacilities(count(others))}</p> : null}
    </>
  );
}
