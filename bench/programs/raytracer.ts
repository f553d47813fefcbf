// A ray tracer: spheres above a chequered floor, two lights, shadows, reflections three deep.

class Vector {
  readonly x: number;
  readonly y: number;
  readonly z: number;

  constructor(x: number, y: number, z: number) {
    this.x = x;
    this.y = y;
    this.z = z;
  }

  plus(other: Vector): Vector {
    return new Vector(this.x + other.x, this.y + other.y, this.z + other.z);
  }

  minus(other: Vector): Vector {
    return new Vector(this.x - other.x, this.y - other.y, this.z - other.z);
  }

  times(factor: number): Vector {
    return new Vector(this.x * factor, this.y * factor, this.z * factor);
  }

  dot(other: Vector): number {
    return this.x * other.x + this.y * other.y + this.z * other.z;
  }

  unit(): Vector {
    return this.times(1 / Math.sqrt(this.dot(this)));
  }

  mirrored(normal: Vector): Vector {
    return this.minus(normal.times(2 * this.dot(normal)));
  }
}

interface Ray {
  from: Vector;
  towards: Vector;
}

interface Thing {
  /** How far along the ray, or Infinity. */
  distance(ray: Ray): number;
  normal(point: Vector): Vector;
  colour(point: Vector): Vector;
  readonly shine: number;
}

class Sphere implements Thing {
  readonly shine: number;
  private readonly centre: Vector;
  private readonly radius: number;
  private readonly paint: Vector;

  constructor(centre: Vector, radius: number, paint: Vector, shine: number) {
    this.centre = centre;
    this.radius = radius;
    this.paint = paint;
    this.shine = shine;
  }

  distance({ from, towards }: Ray): number {
    const offset = this.centre.minus(from);
    const along = offset.dot(towards);
    const square = this.radius * this.radius - offset.dot(offset) + along * along;
    if (square < 0) return Infinity;
    const near = along - Math.sqrt(square);
    return near > 1e-6 ? near : Infinity;
  }

  normal(point: Vector): Vector {
    return point.minus(this.centre).unit();
  }

  colour(): Vector {
    return this.paint;
  }
}

class Floor implements Thing {
  readonly shine = 0.2;

  distance({ from, towards }: Ray): number {
    const t = -from.y / towards.y;
    return t > 1e-6 ? t : Infinity;
  }

  normal(): Vector {
    return new Vector(0, 1, 0);
  }

  colour(point: Vector): Vector {
    const dark = (Math.floor(point.x) + Math.floor(point.z)) % 2 === 0;
    return dark ? new Vector(0.1, 0.1, 0.1) : new Vector(0.9, 0.9, 0.9);
  }
}

class Scene {
  private readonly things: Thing[];
  private readonly lights: Vector[];

  constructor(things: Thing[], lights: Vector[]) {
    this.things = things;
    this.lights = lights;
  }

  trace(ray: Ray, depth: number): Vector {
    const hit = this.nearest(ray);
    if (hit === null) return SKY;
    const point = ray.from.plus(ray.towards.times(hit.distance));
    const normal = hit.thing.normal(point);
    const lit = hit.thing.colour(point).times(this.light(point, normal));
    if (depth === 0) return lit;
    const mirrored = this.trace({ from: point, towards: ray.towards.mirrored(normal) }, depth - 1);
    return lit.times(1 - hit.thing.shine).plus(mirrored.times(hit.thing.shine));
  }

  private nearest(ray: Ray): { thing: Thing; distance: number } | null {
    let best: { thing: Thing; distance: number } | null = null;
    for (const thing of this.things) {
      const distance = thing.distance(ray);
      if (distance < (best?.distance ?? Infinity)) best = { thing, distance };
    }
    return best;
  }

  private light(point: Vector, normal: Vector): number {
    const seen = this.lights.map((light) => {
      const towards = light.minus(point).unit();
      const shadow = this.things.some((thing) => thing.distance({ from: point, towards }) < Infinity);
      return shadow ? 0 : Math.max(0, normal.dot(towards));
    });
    return 0.1 + 0.45 * seen.reduce((sum, light) => sum + light, 0);
  }
}

const SKY = new Vector(0.3, 0.5, 0.8);
const SIZE = 48;

function scene(): Scene {
  const things: Thing[] = [new Floor()];
  for (let i = 0; i < 5; i++) {
    const paint = new Vector((i * 37) % 10, (i * 53) % 10, (i * 71) % 10).times(0.1);
    things.push(new Sphere(new Vector(i - 2, 0.5 + (i % 2), 4 + i / 2), 0.5, paint, 0.4));
  }
  return new Scene(things, [new Vector(-5, 8, -3), new Vector(6, 6, 0)]);
}

export function run(): number {
  const world = scene();
  let sum = 0;
  for (let y = 0; y < SIZE; y++) {
    for (let x = 0; x < SIZE; x++) {
      const towards = new Vector((x - SIZE / 2) / SIZE, (SIZE / 2 - y) / SIZE, 1).unit();
      const colour = world.trace({ from: new Vector(0, 1, -1), towards }, 3);
      sum += Math.round(255 * (colour.x + colour.y + colour.z));
    }
  }
  return sum;
}
