/** Line icons on a 24-unit grid; decorative, the words beside them carry the meaning. */
const drawings = {
  overview: 'M4 13h6V4H4zM14 20h6v-9h-6zM4 20h6v-3H4zM14 7h6V4h-6z',
  drugs: 'm8.5 15.5 7-7M10.2 4.9l8.9 8.9a3.75 3.75 0 0 1-5.3 5.3L4.9 10.2a3.75 3.75 0 0 1 5.3-5.3Z',
  lots: 'M4 7.5 12 3l8 4.5v9L12 21l-8-4.5zM4 7.5l8 4.5 8-4.5M12 12v9',
  facilities:
    'M4 10v10h16V10M3 10l2-6h14l2 6a3 3 0 0 1-6 0 3 3 0 0 1-6 0 3 3 0 0 1-6 0ZM10 20v-5h4v5',
  codes:
    'M14.5 9.5a4.5 4.5 0 1 0-3.9 4.5L13 16.500h2V18h2v2h3v-3l-5.8-5.800a4.5 4.5 0 0 0 .3-1.700ZM9 9h.01',
  alerts: 'M12 4 2.8 19.500h18.400ZM12 10v4.500M12 17.200v.01',
  clinic: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM12 7v5.500l3.500 2',
  agreement: 'M3.5 6H10v13H3.500ZM14 6h6.500v13H14ZM10 10h4M10 15h4',
  catalogue: 'M5 4h9l5 5v11H5zM14 4v5h5M12 18v-6M9 14.500l3-3 3 3',
  audit: 'M9 5H6v15h12V5h-3M9 4h6v3H9zM9 12h6M9 16h4',
  search: 'M11 18a7 7 0 1 0 0-14 7 7 0 0 0 0 14ZM20 20l-4-4',
  download: 'M12 4v11M7.5 11l4.5 4.5 4.5-4.500M4.5 20h15',
  upload: 'M12 16V5M7.5 9 12 4.5 16.5 9M4.5 20h15',
  table: 'M4 5h16v14H4zM4 10h16M4 14.500h16M10 10v9',
  chart: 'M4 4v16h16M8 15l3.5-4 3 2.500L19 8',
  map: 'm3.5 6 5.5-2 6 2 5.5-2v14l-5.5 2-6-2-5.5 2zM9 4v14M15 6v14',
  sun: 'M12 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM12 2.500v2M12 19.500v2M2.5 12h2M19.5 12h2M5.3 5.300l1.4 1.400M17.3 17.300l1.4 1.400M5.3 18.700l1.4-1.400M17.3 6.700l1.4-1.4',
  moon: 'M20 14.500A8.5 8.5 0 0 1 9.5 4a8.5 8.5 0 1 0 10.5 10.500Z',
  system: 'M4 5h16v11H4zM9 20h6M12 16v4',
  language:
    'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM3.5 12h17M12 3c5 5 5 13 0 18M12 3c-5 5-5 13 0 18',
  account: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM4.5 20c1-4 4-5.5 7.5-5.500s6.5 1.5 7.5 5.5',
  down: 'm7 10 5 5 5-5',
  right: 'm10 7 5 5-5 5',
  close: 'M6 6l12 12M18 6 6 18',
  check: 'm5 12.5 4.5 4.500L19 7.5',
  copy: 'M9 9h11v11H9zM15 9V4H4v11h5',
  print: 'M7 9V4h10v5M7 17H4V9h16v8h-3M7 14h10v6H7z',
  plus: 'M12 5v14M5 12h14',
  edit: 'M4 20h4L19 9l-4-4L4 16zM13.5 6.500l4 4',
  up: 'm7 14 5-5 5 5',
  calendar: 'M4 6h16v14H4zM4 10h16M8 3.5V7M16 3.5V7',
  live: 'M12 13a1 1 0 1 0 0-2 1 1 0 0 0 0 2ZM8 16a5.7 5.7 0 0 1 0-8M16 8a5.7 5.7 0 0 1 0 8M5.2 18.800a9.6 9.6 0 0 1 0-13.600M18.8 5.200a9.6 9.6 0 0 1 0 13.6',
  logout: 'M10 4H5v16h5M14 8l4 4-4 4M18 12H9',
} as const;
export type IconName = keyof typeof drawings;

export function Icon({ name, size = 16 }: { readonly name: IconName; readonly size?: number }) {
  return (
    <svg
      className="icon"
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth={1.75}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      <path d={drawings[name]} />
    </svg>
  );
}
