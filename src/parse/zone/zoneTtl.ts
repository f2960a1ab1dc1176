const week = 604_800;
const seconds: Readonly<Record<number, number>> = { 0x77: week, 0x64: 86_400, 0x68: 3600, 0x6d: 60, 0x73: 1 };

/** The seconds of a time in digits or in units such as `1h30m` (BIND's habit): -1 where it is none, -2 above 32 bits. */
export function readTime(bytes: Uint8Array, start: number, end: number): number {
  let total = 0;
  let number = 0;
  let digits = 0;
  for (let at = start; at < end; at++) {
    const byte = bytes[at] as number;
    const digit = byte - 0x30;
    if (digit >= 0 && digit <= 9) {
      digits++;
      if (number <= 0xffffffff) number = number * 10 + digit;
      continue;
    }
    const unit = seconds[byte | 0x20];
    if (unit === undefined || digits === 0) return -1;
    total += number * unit;
    number = digits = 0;
  }
  // Units and a bare number do not mix: '1h30' is no time.
  if (digits > 0 && total > 0) return -1;
  if (digits === 0 && total === 0 && !endsInUnit(bytes, start, end)) return -1;
  total += number;
  return total > 0xffffffff ? -2 : total;
}

/** The TTL a token spells: -1 where it is none, -2 above 32 bits; one above 31 bits counts as zero (RFC 2181 §8). */
export function readTtl(bytes: Uint8Array, start: number, end: number): number {
  const first = bytes[start];
  if (first === undefined || first < 0x30 || first > 0x39) return -1;
  const time = readTime(bytes, start, end);
  return time > 0x7fffffff ? 0 : time;
}

function endsInUnit(bytes: Uint8Array, start: number, end: number): boolean {
  return end - start > 1 && seconds[(bytes[end - 1] as number) | 0x20] !== undefined;
}
