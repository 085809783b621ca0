import { createTheme, type MantineColorsTuple } from '@mantine/core';

const jade: MantineColorsTuple = [
  '#e6f4f2',
  '#cce8e4',
  '#9bd1ca',
  '#67b9ae',
  '#3fa497',
  '#1f9083',
  '#0b6b63',
  '#095a54',
  '#084a45',
  '#053633',
];
/** Mantine's grey scale for dark mode, from text to the deepest surface, tuned to tokens.css. */
const night: MantineColorsTuple = [
  '#e6ebef',
  '#c3ccd3',
  '#a3afb8',
  '#7c8a94',
  '#3a454e',
  '#2a333b',
  '#1d242a',
  '#161c21',
  '#10151a',
  '#0b0f13',
];

export const theme = createTheme({
  primaryColor: 'jade',
  primaryShade: { light: 6, dark: 6 },
  colors: { jade, dark: night },
  fontFamily: "'Be Vietnam Pro', system-ui, sans-serif",
  fontFamilyMonospace: "ui-monospace, 'Cascadia Mono', 'DejaVu Sans Mono', Consolas, monospace",
  defaultRadius: 'sm',
  radius: { sm: '6px', md: '8px' },
  fontSizes: { xs: '0.75rem', sm: '0.8125rem', md: '0.875rem', lg: '1rem', xl: '1.25rem' },
  cursorType: 'pointer',
  respectReducedMotion: true,
});
