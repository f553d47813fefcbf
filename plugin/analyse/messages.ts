/**
 * messages — what the analysis has to say about a project: diagnostics and a summary.
 *
 *   In     Facts
 *   Out    Diagnostic[] in the order of files and positions; Summary
 */
import type { FileFacts, Facts, Reason } from "./facts.ts";

export interface Diagnostic {
  readonly code: "atomic-switches" | "foreign-callback" | "switching-conversion";
  readonly file: string;
  readonly start: number;
  readonly end: number;
  readonly message: string;
  readonly reason: Reason;
}

export interface Summary {
  readonly files: number;
  readonly untouchedFiles: number;
  readonly functions: number;
  readonly maySwitch: number;
  readonly points: number;
}

/** Everything worth a message. `atomic-switches` is an error; the others warn of a GreenletError at run time. */
export function diagnosticsOf(facts: Facts): Diagnostic[] {
  return Object.entries(facts.files).flatMap(([file, found]) =>
    inFile(file, found).sort((a, b) => a.start - b.start || a.end - b.end),
  );
}

function inFile(file: string, facts: FileFacts): Diagnostic[] {
  return [...atomics(file, facts), ...callbacks(file, facts), ...conversions(file, facts)];
}

function atomics(file: string, { atomics }: FileFacts): Diagnostic[] {
  return atomics.flatMap(({ start, end, reason }) =>
    reason === undefined
      ? []
      : [
          {
            code: "atomic-switches" as const,
            file,
            start,
            end,
            reason,
            message: `Something inside this atomic block may switch: ${reason.text}`,
          },
        ],
  );
}

function callbacks(file: string, { foreign }: FileFacts): Diagnostic[] {
  return foreign.map(({ start, end, callee, reason }) => ({
    code: "foreign-callback" as const,
    file,
    start,
    end,
    reason,
    message: `${callee} is not compiled and is given a callback that may switch: ${reason.text}. A switch inside would be a foreign-frame error`,
  }));
}

function conversions(file: string, { points }: FileFacts): Diagnostic[] {
  return points
    .filter(({ kind }) => kind === "coerce")
    .map(({ start, end, reason }) => ({
      code: "switching-conversion" as const,
      file,
      start,
      end,
      reason,
      message: `This operator converts an object by a method that may switch: ${reason.text}. Call the method yourself`,
    }));
}

export function summaryOf(facts: Facts): Summary {
  const files = Object.values(facts.files);
  const functions = files.flatMap((file) => file.functions);
  return {
    files: files.length,
    untouchedFiles: files.filter((file) => file.points.length === 0).length,
    functions: functions.length,
    maySwitch: functions.filter((fact) => fact.maySwitch).length,
    points: files.reduce((sum, file) => sum + file.points.length, 0),
  };
}
