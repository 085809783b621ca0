/** Where a fact comes from: a till, its facility, its province. */
export type TillSource = {
  readonly id: string;
  readonly facilityId: string;
  readonly province: string;
};
