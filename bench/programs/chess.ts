// A chess move generator, checked by perft: how many positions there are after so many moves. All the rules that matter for
// that: castling, en passant, promotion, pins and checks. The board is 0x88: a square is 16 × rank + file, off the board if
// a bit of 0x88 is set.

type Colour = 0 | 8;

const EMPTY = 0;
const PAWN = 1;
const KNIGHT = 2;
const BISHOP = 3;
const ROOK = 4;
const QUEEN = 5;
const KING = 6;
const WHITE: Colour = 0;
const BLACK: Colour = 8;

const DIAGONAL = [15, 17, -15, -17];
const STRAIGHT = [1, -1, 16, -16];
const EVERY = [...DIAGONAL, ...STRAIGHT];
const LEAPS = [14, 18, 31, 33, -14, -18, -31, -33];
const STEPS: Record<number, number[]> = {
  [KNIGHT]: LEAPS,
  [BISHOP]: DIAGONAL,
  [ROOK]: STRAIGHT,
  [QUEEN]: EVERY,
  [KING]: EVERY,
};
const PROMOTIONS = [QUEEN, ROOK, BISHOP, KNIGHT];

interface Move {
  from: number;
  to: number;
  promotion: number;
  /** Where a pawn is taken that is not on `to`. */
  passed: number;
  /** Where the rook stands that castles, or −1. */
  rook: number;
}

/** What a move changes and its undoing can't find out. */
interface Undo {
  taken: number;
  castling: number;
  passing: number;
}

class Board {
  private readonly squares = new Uint8Array(128);
  private turn: Colour = WHITE;
  /** Bits: 1 white short, 2 white long, 4 black short, 8 black long. */
  private castling = 0;
  /** The square that a pawn has just jumped over, or −1. */
  private passing = -1;
  private readonly kings: Record<Colour, number> = { 0: -1, 8: -1 };

  /** Reads the notation of Forsyth and Edwards. */
  constructor(notation: string) {
    const [rows, turn, castling] = notation.split(" ") as [string, string, string];
    for (const [i, row] of rows.split("/").entries()) this.readRow(row, 16 * (7 - i));
    this.turn = turn === "w" ? WHITE : BLACK;
    for (const letter of castling) this.castling |= 1 << Math.max(0, "KQkq".indexOf(letter));
  }

  private readRow(row: string, start: number): void {
    let square = start;
    for (const letter of row) {
      if (/\d/.test(letter)) square += Number(letter);
      else this.put(square++, letter);
    }
  }

  private put(square: number, letter: string): void {
    const colour: Colour = letter === letter.toUpperCase() ? WHITE : BLACK;
    const piece = " pnbrqk".indexOf(letter.toLowerCase());
    this.squares[square] = piece | colour;
    if (piece === KING) this.kings[colour] = square;
  }

  /** Positions after `depth` further moves. */
  perft(depth: number): number {
    if (depth === 0) return 1;
    let count = 0;
    for (const move of this.moves()) {
      const undo = this.play(move);
      if (!this.attacked(this.kings[(this.turn ^ 8) as Colour], this.turn)) count += this.perft(depth - 1);
      this.take(move, undo);
    }
    return count;
  }

  private moves(): Move[] {
    const moves: Move[] = [];
    for (let square = 0; square < 120; square++) {
      const piece = this.squares[square]!;
      if ((square & 0x88) !== 0 || piece === EMPTY || (piece & 8) !== this.turn) continue;
      if ((piece & 7) === PAWN) this.pawnMoves(square, moves);
      else this.pieceMoves(square, piece & 7, moves);
    }
    this.castlings(moves);
    return moves;
  }

  private pieceMoves(from: number, piece: number, moves: Move[]): void {
    const slides = piece !== KNIGHT && piece !== KING;
    for (const step of STEPS[piece]!) {
      for (let to = from + step; (to & 0x88) === 0; to += step) {
        const target = this.squares[to]!;
        if (target === EMPTY || (target & 8) !== this.turn) moves.push(plainMove(from, to));
        if (target !== EMPTY || !slides) break;
      }
    }
  }

  private pawnMoves(from: number, moves: Move[]): void {
    const ahead = this.turn === WHITE ? 16 : -16;
    const home = this.turn === WHITE ? 1 : 6;
    if (this.squares[from + ahead] === EMPTY) {
      pawnMove(from, from + ahead, moves);
      if (from >> 4 === home && this.squares[from + 2 * ahead] === EMPTY) moves.push(plainMove(from, from + 2 * ahead));
    }
    for (const to of [from + ahead - 1, from + ahead + 1]) {
      if ((to & 0x88) !== 0) continue;
      const target = this.squares[to]!;
      if (target !== EMPTY && (target & 8) !== this.turn) pawnMove(from, to, moves);
      else if (to === this.passing) moves.push({ ...plainMove(from, to), passed: to - ahead });
    }
  }

  private castlings(moves: Move[]): void {
    const king = this.kings[this.turn];
    const rights = this.turn === WHITE ? this.castling : this.castling >> 2;
    const enemy = (this.turn ^ 8) as Colour;
    if ((rights & 3) === 0 || this.attacked(king, enemy)) return;
    const free = (squares: number[]) => squares.every((square) => this.squares[square] === EMPTY);
    if ((rights & 1) !== 0 && free([king + 1, king + 2]) && !this.attacked(king + 1, enemy))
      moves.push({ ...plainMove(king, king + 2), rook: king + 3 });
    if ((rights & 2) !== 0 && free([king - 1, king - 2, king - 3]) && !this.attacked(king - 1, enemy))
      moves.push({ ...plainMove(king, king - 2), rook: king - 4 });
  }

  private attacked(square: number, by: Colour): boolean {
    const pawn = by === WHITE ? -16 : 16;
    if (this.squares[square + pawn - 1] === (PAWN | by) && ((square + pawn - 1) & 0x88) === 0) return true;
    if (this.squares[square + pawn + 1] === (PAWN | by) && ((square + pawn + 1) & 0x88) === 0) return true;
    if (LEAPS.some((step) => ((square + step) & 0x88) === 0 && this.squares[square + step] === (KNIGHT | by)))
      return true;
    return this.ray(square, by, DIAGONAL, BISHOP) || this.ray(square, by, STRAIGHT, ROOK);
  }

  private ray(square: number, by: Colour, steps: number[], slider: number): boolean {
    for (const step of steps) {
      for (let at = square + step; (at & 0x88) === 0; at += step) {
        const piece = this.squares[at]!;
        if (piece === EMPTY) continue;
        if (piece === (slider | by) || piece === (QUEEN | by) || (piece === (KING | by) && at === square + step))
          return true;
        break;
      }
    }
    return false;
  }

  private play({ from, to, promotion, passed, rook }: Move): Undo {
    const piece = this.squares[from]!;
    const undo = { taken: this.squares[passed]!, castling: this.castling, passing: this.passing };
    this.squares[passed] = EMPTY;
    this.squares[from] = EMPTY;
    this.squares[to] = promotion === EMPTY ? piece : promotion | this.turn;
    if (rook >= 0) this.swap(rook, (from + to) / 2);
    if ((piece & 7) === KING) this.kings[this.turn] = to;
    this.castling &= lasting(from) & lasting(to);
    this.passing = (piece & 7) === PAWN && Math.abs(to - from) === 32 ? (from + to) / 2 : -1;
    this.turn = (this.turn ^ 8) as Colour;
    return undo;
  }

  private take({ from, to, promotion, passed, rook }: Move, undo: Undo): void {
    this.turn = (this.turn ^ 8) as Colour;
    const piece = promotion === EMPTY ? this.squares[to]! : PAWN | this.turn;
    if (rook >= 0) this.swap((from + to) / 2, rook);
    this.squares[to] = EMPTY;
    this.squares[from] = piece;
    this.squares[passed] = undo.taken;
    if ((piece & 7) === KING) this.kings[this.turn] = from;
    this.castling = undo.castling;
    this.passing = undo.passing;
  }

  private swap(from: number, to: number): void {
    this.squares[to] = this.squares[from]!;
    this.squares[from] = EMPTY;
  }
}

function plainMove(from: number, to: number): Move {
  return { from, to, promotion: EMPTY, passed: to, rook: -1 };
}

function pawnMove(from: number, to: number, moves: Move[]): void {
  const rank = to >> 4;
  if (rank !== 0 && rank !== 7) moves.push(plainMove(from, to));
  else for (const promotion of PROMOTIONS) moves.push({ ...plainMove(from, to), promotion });
}

/** Which castlings are still possible once something left or entered `square`. */
function lasting(square: number): number {
  return LASTING.get(square) ?? 15;
}

const LASTING = new Map([
  [0x00, 13],
  [0x04, 12],
  [0x07, 14],
  [0x70, 7],
  [0x74, 3],
  [0x77, 11],
]);

/** A position in which every rule matters. */
const POSITION = "r3k2r/p1ppqpb1/bn2pnp1/3PN3/1p2P3/2N2Q1p/PPPBBPPP/R3K2R w KQkq -";

export function run(): number {
  return new Board(POSITION).perft(3);
}
