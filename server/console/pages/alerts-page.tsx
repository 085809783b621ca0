import { alertKinds } from '../../../shared/rules/alerts.ts';
import { usePages } from '../answers.ts';
import { AreaPicker } from '../components/area-picker.tsx';
import { Card } from '../components/card.tsx';
import { Select } from '../components/controls.tsx';
import { MoreButton } from '../components/more-button.tsx';
import { PageHeader } from '../components/page-header.tsx';
import { AnswerView, EmptyState, Placeholder } from '../components/states.tsx';
import { goTo } from '../navigation.tsx';
import type { ViewOf } from '../paths.ts';
import { useText } from '../text/language.tsx';
import { AlertTable } from './alert-table.tsx';

/** Odd facts, newest first, each with the sentence that says what is odd. */
export function AlertsPage({ view }: { readonly view: ViewOf<'alerts'> }) {
  const text = useText();
  const { scheme, area, kind } = view;
  const alerts = usePages('alerts', (cursor) => ({
    query: {
      scheme,
      limit: 100,
      ...(area === undefined ? {} : { area }),
      ...(kind === undefined ? {} : { kind }),
      ...(cursor === undefined ? {} : { cursor }),
    },
  }));
  return (
    <>
      <PageHeader
        title={text.nav.alerts}
        detail={text.alertList.lead}
        controls={
          <>
            <AreaPicker value={view} onChange={(next) => goTo({ ...view, ...next })} />
            <Select
              label={text.alertList.kind}
              isLabelHidden
              value={kind ?? ''}
              options={[
                { value: '', label: text.alertList.allKinds },
                ...alertKinds.map((value) => ({ value, label: text.alertKinds[value] })),
              ]}
              onChange={(value) => goTo({ ...view, kind: value === '' ? undefined : value })}
            />
          </>
        }
      />
      <Card title={text.alertList.title} isFlush>
        <AnswerView answer={alerts} placeholder={<Placeholder lines={12} />}>
          {({ pages }) => (
            <AlertTable
              rows={pages.flatMap((page) => page.rows)}
              total={pages[0]?.total ?? 0}
              footer={<MoreButton pages={alerts} />}
              empty={<EmptyState title={text.alertList.none}>{text.alertList.noneNext}</EmptyState>}
            />
          )}
        </AnswerView>
      </Card>
    </>
  );
}
