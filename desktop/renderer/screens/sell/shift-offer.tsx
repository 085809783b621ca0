import { hrefOf } from '../../base/route.ts';
import { useSession } from '../../base/session.ts';
import { useTillQuery } from '../../base/till-queries.ts';
import { ButtonLink } from '../../components/button.tsx';
import { useText } from '../../text/text.ts';

/** Before the first customer: no drawer is counted for a shift that nobody opened. */
export function ShiftOffer() {
  const t = useText();
  const session = useSession();
  const shift = useTillQuery('shifts.current', {});
  const isOffered = session !== undefined && session.settings.shift !== 'off';
  if (!isOffered || shift.data !== null) return null;
  return (
    <ButtonLink href={hrefOf('shift')}>
      {t(session.settings.shift === 'required' ? 'shift.mustOpen' : 'shift.offer')}
    </ButtonLink>
  );
}
