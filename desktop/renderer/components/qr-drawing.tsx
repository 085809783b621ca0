import encodeQR from 'qr';
import { useMemo } from 'react';

/** Quiet zone of four modules (ISO/IEC 18004 §6.3.8), always dark on white. */
const quietModules = 4;
const alphanumeric = /^[0-9A-Z $%*+\-./:]*$/;

/** A text as a QR code, sharp at any size. */
export function QrDrawing({
  text,
  label,
  className,
  isRobust = false,
}: {
  readonly text: string;
  readonly label: string;
  readonly className: string | undefined;
  /** Readable with a scratch or a reflection on it, for a little more to draw. */
  readonly isRobust?: boolean;
}) {
  const { path, size } = useMemo(() => drawingOf(text, isRobust), [text, isRobust]);
  return (
    <svg
      className={className}
      viewBox={`0 0 ${size} ${size}`}
      role="img"
      aria-label={label}
      shapeRendering="crispEdges"
    >
      <rect width={size} height={size} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  );
}

function drawingOf(
  text: string,
  isRobust: boolean,
): { readonly path: string; readonly size: number } {
  const modules = encodeQR(text, 'raw', {
    ecc: isRobust ? 'medium' : 'low',
    encoding: alphanumeric.test(text) ? 'alphanumeric' : 'byte',
    border: quietModules,
  });
  const path = modules
    .flatMap((row, y) => row.map((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : '')))
    .join('');
  return { path, size: modules.length };
}
