import type { Refusal } from '../../../../shared/rules/refusal.ts';
import { formatNumber } from '../../base/format.ts';
import { hrefOf } from '../../base/route.ts';
import { Button, ButtonLink } from '../../components/button.tsx';
import { namingOf } from '../../components/naming.ts';
import { PriceForm } from '../../components/price-form.tsx';
import { problemSentence } from '../../text/problem-text.ts';
import { useText } from '../../text/text.ts';
import { changeCart } from './cart-store.ts';
import type { PreviewLine } from './preview-cart.ts';
import styles from './sell.module.css';

type Blocked = {
  readonly line: PreviewLine;
  readonly index: number;
  readonly refusal: Refusal;
  readonly onChooseLot: () => void;
  readonly onDone: () => void;
};

/** Why a line cannot be sold, in one sentence, and what can be done instead. */
export function BlockedReason(blocked: Blocked) {
  const t = useText();
  const naming = namingOf([blocked.line.entry.product]);
  return (
    <div className={styles['reason']} role="alert">
      <p>{problemSentence(t, blocked.refusal, naming)}</p>
      <Remedy {...blocked} />
    </div>
  );
}

function Remedy({ line, index, refusal, onChooseLot, onDone }: Blocked) {
  const t = useText();
  const { entry } = line;
  const select = () => changeCart({ type: 'selected', index });
  switch (refusal.type) {
    case 'PriceNotSet':
    case 'PriceAboveCeiling':
      return (
        <PriceForm
          drug={entry.product.code}
          name={entry.product.name}
          unit={entry.unit.name}
          currentVnd={line.priceVnd}
          label={t('card.priceOf', { unit: entry.unit.name })}
          onSaved={onDone}
        />
      );
    case 'InsufficientStock': {
      const possible = Math.floor(refusal.sellableUnits / entry.unit.factor);
      if (possible < 1) {
        return <ButtonLink href={hrefOf('receive')}>{t('screen.receive')}</ButtonLink>;
      }
      const sellPossible = () => {
        select();
        changeCart({ type: 'quantityTyped', text: String(possible) });
        onDone();
      };
      return (
        <Button onPress={sellPossible}>
          {t('sell.sellWhatIsThere', {
            quantity: `${formatNumber(possible)} ${entry.unit.name}`,
          })}
        </Button>
      );
    }
    case 'LotExpired':
    case 'UnknownLot':
    case 'LotReasonMissing': {
      const choose = () => {
        select();
        onChooseLot();
      };
      return (
        <Button keyShown="F4" onPress={choose}>
          {t('sell.chooseLot')}
        </Button>
      );
    }
    default:
      return null;
  }
}
