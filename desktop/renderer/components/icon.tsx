/** One stroke, one size, drawn for this program: 20 px on a grid of 20. */
const paths = {
  sell: 'M2.5 3.5h2l1.8 9h8.6l1.6-6.5H5.2M7.5 16.5h.01M14 16.5h.01',
  receive: 'M10 2.5v8M6.8 7.5 10 10.7l3.2-3.2M3 10.5v6h14v-6',
  stock: 'M3 6.2 10 2.8l7 3.4v7.6l-7 3.4-7-3.4V6.2Zm0 0 7 3.4 7-3.4M10 9.6v7.6',
  history: 'M5 2.5h10v15l-2.5-1.6L10 17.5l-2.5-1.6L5 17.5v-15ZM8 6.5h4M8 10h4',
  sync: 'M16.5 8.5A6.8 6.8 0 0 0 4.4 6M3.5 2.8V6h3.2M3.5 11.5A6.8 6.8 0 0 0 15.6 14M16.5 17.2V14h-3.2',
  settings: 'M3 5.5h8M15 5.5h2M13 3.5v4M3 10h2M9 10h8M7 8v4M3 14.5h8M15 14.5h2M13 12.5v4',
  people:
    'M7.5 9.5a3 3 0 1 0 0-6 3 3 0 0 0 0 6ZM2 16.5c0-3 2.4-5 5.5-5s5.5 2 5.5 5M13 4a2.8 2.8 0 0 1 0 5.2M14.8 12c2 .6 3.2 2.2 3.2 4.5',
  shift: 'M10 17.5a7.5 7.5 0 1 0 0-15 7.5 7.5 0 0 0 0 15ZM10 5.5V10l3 2',
  lock: 'M4.5 9h11v8h-11V9ZM7 9V6.2a3 3 0 0 1 6 0V9M10 12.2v1.8',
  search: 'M8.8 15a6.2 6.2 0 1 0 0-12.4 6.2 6.2 0 0 0 0 12.4ZM13.4 13.4l4 4',
  keys: 'M2.5 5.5h15v9h-15v-9ZM5.5 8.5h.01M8.5 8.5h.01M11.5 8.5h.01M14.5 8.5h.01M6.5 11.5h7',
  light:
    'M10 13.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7ZM10 2v1.5M10 16.5V18M2 10h1.5M16.5 10H18M4.3 4.3l1.1 1.1M14.6 14.6l1.1 1.1M4.3 15.7l1.1-1.1M14.6 5.4l1.1-1.1',
  dark: 'M16.5 11.8A6.8 6.8 0 1 1 8.2 3.5a5.4 5.4 0 0 0 8.3 8.3Z',
  system: 'M2.5 3.5h15v10h-15v-10ZM7 17h6M10 13.5V17',
  warning: 'M10 3 2.5 16.5h15L10 3ZM10 8v4M10 14.3h.01',
  hourglass:
    'M5 2.5h10M5 17.5h10M6.5 2.5c0 4 3.5 5 3.5 7.5s-3.5 3.5-3.5 7.5M13.5 2.5c0 4-3.5 5-3.5 7.5s3.5 3.5 3.5 7.5',
  close: 'm5 5 10 10M15 5 5 15',
  check: 'm4 10.5 4 4 8-9',
  trash: 'M3.5 5.5h13M8 5.5v-2h4v2M5.5 5.5l.7 11h7.6l.7-11M8.5 8.5v5M11.5 8.5v5',
  offline:
    'M2.5 2.5l15 15M4 8.6a9 9 0 0 1 3.4-2M10 5.8c2.3 0 4.4.9 6 2.8M6.5 11.6a5 5 0 0 1 3-1.5M10 15h.01',
  arrow: 'M4 10h12M11.5 5.5 16 10l-4.5 4.5',
  language:
    'M10 17.5a7.5 7.5 0 1 0 0-15 7.5 7.5 0 0 0 0 15ZM2.5 10h15M10 2.5c2 2 3 4.6 3 7.5s-1 5.5-3 7.5c-2-2-3-4.6-3-7.5s1-5.5 3-7.5Z',
  printer: 'M5.5 7V2.5h9V7M5.5 14h-3V7h15v7h-3M5.5 11.5h9v6h-9v-6Z',
  cash: 'M2.5 5h15v10h-15V5ZM10 12.3a2.3 2.3 0 1 0 0-4.6 2.3 2.3 0 0 0 0 4.6ZM5 7.5h.01M15 12.5h.01',
} as const;

export type IconName = keyof typeof paths;

/** Decoration only: the words beside it carry the meaning. */
export function Icon({ name, size = 20 }: { readonly name: IconName; readonly size?: number }) {
  return (
    <svg
      aria-hidden="true"
      width={size}
      height={size}
      viewBox="0 0 20 20"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.6"
      strokeLinecap="round"
      strokeLinejoin="round"
    >
      <path d={paths[name]} />
    </svg>
  );
}
