import { useAnswer, useChange } from '../answers.ts';
import { PageHeader } from '../components/page-header.tsx';
import { AnswerView, Placeholder } from '../components/states.tsx';
import { goTo, ViewLink } from '../navigation.tsx';
import type { ViewOf } from '../paths.ts';
import { useText } from '../text/language.tsx';
import { FacilityForm } from './facility-form.tsx';

/** Enters a licensed facility in the register. */
export function NewFacilityPage() {
  const text = useText();
  const register = useChange('registerFacility', ['facilities', 'overview']);
  return (
    <>
      <PageHeader
        title={text.facilities.register}
        trail={<ViewLink to={{ page: 'facilities' }}>{text.nav.facilities}</ViewLink>}
        detail={text.facilityForm.newLead}
      />
      <FacilityForm
        failure={register.error}
        isSaving={register.isPending}
        onCancel={() => goTo({ page: 'facilities' })}
        onSave={(body) =>
          register.mutate(
            { body },
            {
              // The next step of a new entry is to let its till in.
              onSuccess: ({ id }) => goTo({ page: 'facility', id, tab: 'enrolment' }),
            },
          )
        }
      />
    </>
  );
}

/** Changes an entry; tills read the change from their feed. */
export function EditFacilityPage({ view }: { readonly view: ViewOf<'editFacility'> }) {
  const text = useText();
  const { id } = view;
  const file = useAnswer('facility', { params: { id } });
  const update = useChange('updateFacility', ['facility', 'facilities', 'overview']);
  const back = () => goTo({ page: 'facility', id });
  return (
    <>
      <PageHeader
        title={text.facilities.edit}
        trail={
          <>
            <ViewLink to={{ page: 'facilities' }}>{text.nav.facilities}</ViewLink>
            <span aria-hidden="true">›</span>
            <ViewLink to={{ page: 'facility', id }}>
              {file.data?.facility.name ?? text.facilities.file}
            </ViewLink>
          </>
        }
        detail={text.facilityForm.editLead}
      />
      <AnswerView answer={file} placeholder={<Placeholder lines={12} />}>
        {({ facility }) => (
          <FacilityForm
            facility={facility}
            failure={update.error}
            isSaving={update.isPending}
            onCancel={back}
            onSave={(body) => update.mutate({ params: { id }, body }, { onSuccess: back })}
          />
        )}
      </AnswerView>
    </>
  );
}
