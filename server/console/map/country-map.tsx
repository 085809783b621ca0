/**
 * The country as links: each area is a real address, reachable by keyboard. One tab stop leads in;
 * the arrow keys go to the nearest area in their direction.
 *
 * Drawing: an area's edge is a thick stroke under its fill. Areas are painted one after another, so
 * the later neighbour's edge lies over the earlier fill, and the provinces inside one of the 34
 * units have no border between them. What is selected or pointed at is drawn again on top.
 */
import { type KeyboardEvent, useMemo, useRef, useState } from 'react';
import type { AreaScheme } from '../../../shared/model/area.ts';
import { followInPage } from '../navigation.tsx';
import { type Target, urlOf } from '../paths.ts';
import { useText } from '../text/language.tsx';
import { drawing } from './drawing.ts';
import { type AreaShapes, areasWithShapes } from './shapes.ts';
import './country-map.css';

/** The islands farthest out touch the edge of the drawing; their outline needs room beyond it. */
const viewBox = roomAround(drawing.viewBox, 8);
const pathsById = new Map(drawing.locations.map((location) => [location.id, location.path]));

/** Where the names of the archipelagos stand, in the drawing's own units. */
const archipelagos = [
  { key: 'hoangSa', shapeId: 'hoangsa', x: 574, y: 484, frame: [508, 358, 132, 104] },
  { key: 'truongSa', shapeId: 'truongsa', x: 590, y: 632, frame: [432, 652, 384, 222] },
] as const;
const archipelagoIds = new Set<string>(archipelagos.map((place) => place.shapeId));

export type MapArea = {
  readonly code: string;
  readonly className: string;
  readonly name: string;
  /** The figures of the area, as one line each. */
  readonly lines: readonly string[];
  readonly target: Target;
  /** Outside the account's scope or the chosen area: drawn, but quiet. */
  readonly isQuiet?: boolean;
};

type Place = { readonly left: number; readonly top: number };
type Tip = Place & { readonly code: string };

export function CountryMap({
  label,
  scheme,
  areas,
  selected,
}: {
  readonly label: string;
  readonly scheme: AreaScheme;
  readonly areas: readonly MapArea[];
  readonly selected: string | undefined;
}) {
  const text = useText();
  const frame = useRef<HTMLDivElement>(null);
  const [tip, setTip] = useState<Tip>();
  const [entry, setEntry] = useState<string>();
  const shapes = useMemo(() => areasWithShapes(scheme), [scheme]);
  const areaByCode = useMemo(() => new Map(areas.map((area) => [area.code, area])), [areas]);
  const first = shapes.find((shape) => areaByCode.has(shape.code))?.code;
  const tabStop = [entry, selected, first].find(
    (code) => code !== undefined && areaByCode.has(code),
  );
  const pointed = tip === undefined ? undefined : areaByCode.get(tip.code);

  const showTip = (at: Place, code: string) => {
    const box = frame.current?.getBoundingClientRect();
    if (box !== undefined) setTip({ code, left: at.left - box.left, top: at.top - box.top });
  };

  return (
    <div ref={frame} className="map-frame">
      <svg className={`map map-${scheme}`} viewBox={viewBox}>
        <title>{label}</title>
        <g className="map-coast">
          {drawing.locations.map((location) => (
            <path key={location.id} d={location.path} className={shapeClass(location.id)} />
          ))}
        </g>
        {shapes.map((shape) => {
          const area = areaByCode.get(shape.code);
          if (area === undefined)
            return <AreaDrawing key={shape.code} shape={shape} className="map-none" />;
          return (
            <AreaLink
              key={shape.code}
              shape={shape}
              area={area}
              isSelected={shape.code === selected}
              isTabStop={shape.code === tabStop}
              onEnter={() => setEntry(shape.code)}
              onPoint={(at) => showTip(at, shape.code)}
              onLeave={() => setTip(undefined)}
            />
          );
        })}
        <Highlight shapes={shapes} areaByCode={areaByCode} code={selected} kind="selected" />
        <Highlight shapes={shapes} areaByCode={areaByCode} code={tip?.code} kind="pointed" />
        <Archipelagos />
      </svg>
      {tip === undefined || pointed === undefined ? null : <TipBox area={pointed} at={tip} />}
      <p className="map-credit">
        <a href="https://github.com/VictorCazanave/svg-maps" rel="noreferrer" target="_blank">
          {text.map.credit}
        </a>
      </p>
    </div>
  );
}

function AreaLink({
  shape,
  area,
  isSelected,
  isTabStop,
  onEnter,
  onPoint,
  onLeave,
}: {
  readonly shape: AreaShapes;
  readonly area: MapArea;
  readonly isSelected: boolean;
  readonly isTabStop: boolean;
  readonly onEnter: () => void;
  readonly onPoint: (at: Place) => void;
  readonly onLeave: () => void;
}) {
  return (
    <a
      href={urlOf(area.target)}
      className={area.isQuiet === true ? 'map-area is-quiet' : 'map-area'}
      data-area={area.code}
      tabIndex={isTabStop ? 0 : -1}
      aria-label={`${area.name}: ${area.lines.join(', ')}`}
      {...(isSelected ? { 'aria-current': true } : {})}
      onClick={(event) => followInPage(event, area.target)}
      onPointerMove={(event) => onPoint({ left: event.clientX, top: event.clientY })}
      onPointerLeave={onLeave}
      onFocus={(event) => {
        onEnter();
        if (!event.currentTarget.matches(':focus-visible')) return;
        const box = event.currentTarget.getBoundingClientRect();
        onPoint({ left: box.left + box.width / 2, top: box.top + box.height / 2 });
      }}
      onBlur={onLeave}
      onKeyDown={moveFocus}
    >
      <AreaDrawing shape={shape} className={area.className} />
    </a>
  );
}

/** Said by the link's label already, so it is for the eye alone. */
function TipBox({ area, at }: { readonly area: MapArea; readonly at: Place }) {
  return (
    <div className="map-tip" style={{ left: at.left, top: at.top }} aria-hidden="true">
      <strong>{area.name}</strong>
      {area.lines.map((line) => (
        <span key={line}>{line}</span>
      ))}
    </div>
  );
}

function Archipelagos() {
  const text = useText();
  return archipelagos.map(({ key, x, y, frame: [left, top, width, height] }) => (
    <g key={key}>
      <rect className="map-sea" x={left} y={top} width={width} height={height} rx={14} />
      <text className="map-name" x={x} y={y} textAnchor="middle">
        {text.map[key]}
      </text>
    </g>
  ));
}

function AreaDrawing({
  shape,
  className,
}: {
  readonly shape: AreaShapes;
  readonly className: string;
}) {
  const paths = shape.shapeIds.map((id) => (
    <path key={id} d={pathsById.get(id)} className={shapeClass(id)} />
  ));
  return (
    <>
      <g className="map-edge">{paths}</g>
      <g className={`map-fill ${className}`}>{paths}</g>
    </>
  );
}

function roomAround(box: string, margin: number): string {
  const [left = 0, top = 0, width = 0, height = 0] = box.split(' ').map(Number);
  return [left - margin, top - margin, width + 2 * margin, height + 2 * margin].join(' ');
}

function shapeClass(id: string): string | undefined {
  return archipelagoIds.has(id) ? 'is-archipelago' : undefined;
}

function Highlight({
  shapes,
  areaByCode,
  code,
  kind,
}: {
  readonly shapes: readonly AreaShapes[];
  readonly areaByCode: ReadonlyMap<string, MapArea>;
  readonly code: string | undefined;
  readonly kind: 'selected' | 'pointed';
}) {
  const shape = shapes.find((candidate) => candidate.code === code);
  const area = code === undefined ? undefined : areaByCode.get(code);
  if (shape === undefined || area === undefined) return null;
  return (
    <g className={`map-highlight is-${kind}`}>
      <AreaDrawing shape={shape} className={area.className} />
    </g>
  );
}

const directions: Readonly<Record<string, { readonly x: number; readonly y: number }>> = {
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
};

function moveFocus(event: KeyboardEvent<Element>) {
  const direction = directions[event.key];
  const link = event.currentTarget;
  if (direction === undefined || !(link instanceof SVGAElement)) return;
  event.preventDefault();
  const here = centreOf(link);
  let nearest: { readonly element: SVGAElement; readonly cost: number } | undefined;
  for (const element of link.ownerSVGElement?.querySelectorAll<SVGAElement>('a') ?? []) {
    const there = centreOf(element);
    const along = (there.x - here.x) * direction.x + (there.y - here.y) * direction.y;
    const across =
      Math.abs((there.x - here.x) * direction.y) + Math.abs((there.y - here.y) * direction.x);
    // Straight ahead counts for more than near: twice the way aside is too far aside.
    if (along <= 1 || across > along * 2) continue;
    const cost = along + across * 2;
    if (nearest === undefined || cost < nearest.cost) nearest = { element, cost };
  }
  nearest?.element.focus();
}

/** The centre of an area's mainland: its first shape, since islands lie far out. */
function centreOf(element: SVGAElement): { readonly x: number; readonly y: number } {
  const mainland = element.querySelector<SVGPathElement>('path') ?? element;
  const box = mainland.getBBox();
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}
