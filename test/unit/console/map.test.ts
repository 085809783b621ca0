import { describe, expect, test } from 'vitest';
import { freshnessSteps, quantileSteps, stepOf } from '../../../server/console/map/colour-scale.ts';
import { drawing } from '../../../server/console/map/drawing.ts';
import { areasWithShapes, shapeIdsByProvince } from '../../../server/console/map/shapes.ts';
import { provinces63, units34 } from '../../../shared/model/area.ts';

const drawnIds = drawing.locations.map((location) => location.id);

describe('the map', () => {
  test('draws every province, and every shape belongs to exactly one', () => {
    expect(Object.keys(shapeIdsByProvince).sort()).toEqual(
      provinces63.map((province) => province.code).sort(),
    );
    expect(Object.values(shapeIdsByProvince).flat().sort()).toEqual([...drawnIds].sort());
  });

  test('shows Hoàng Sa with Đà Nẵng and Trường Sa with Khánh Hòa under both schemes', () => {
    for (const scheme of ['63', '34'] as const) {
      const shapesOf = (code: string) =>
        areasWithShapes(scheme).find((area) => area.code === code)?.shapeIds;
      expect(shapesOf('48')).toContain('hoangsa');
      expect(shapesOf('56')).toContain('truongsa');
    }
  });

  test('makes the 34 units of all 65 shapes', () => {
    const areas = areasWithShapes('34');
    expect(areas.map((area) => area.code).sort()).toEqual(units34.map((unit) => unit.code).sort());
    expect(areas.flatMap((area) => area.shapeIds)).toHaveLength(65);
  });
});

describe('the colour scale', () => {
  test('puts a bound into the step above it', () => {
    expect(stepOf(freshnessSteps, 98)?.className).toBe('map-fresh-5');
    expect(stepOf(freshnessSteps, 97.9)?.className).toBe('map-fresh-4');
    expect(stepOf(freshnessSteps, 0)?.className).toBe('map-fresh-1');
  });

  test('spreads amounts over five steps', () => {
    const amounts = Array.from({ length: 63 }, (_, index) => index * index);
    const steps = quantileSteps(amounts, 'map-sales');
    const sizes = steps.map(
      (step) => amounts.filter((amount) => stepOf(steps, amount) === step).length,
    );
    expect(steps).toHaveLength(5);
    expect(Math.min(...sizes)).toBeGreaterThan(10);
  });

  test('has a step for every amount, also where all are the same', () => {
    const steps = quantileSteps([7, 7, 7], 'map-sales');
    expect(stepOf(steps, 7)).toBeDefined();
    expect(quantileSteps([], 'map-sales')).toEqual([]);
  });
});
