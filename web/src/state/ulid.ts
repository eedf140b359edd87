const digits = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

// A ULID: 48 bits of milliseconds, then 80 random bits, in Crockford's base 32 (26 characters).
// `random` must hold at least 10 bytes.
export function ulid(ms: number, random: Uint8Array): string {
  let text = '';
  let rest = Math.max(0, Math.floor(ms));
  for (let i = 0; i < 10; i += 1) {
    text = digits.charAt(rest % 32) + text;
    rest = Math.floor(rest / 32);
  }
  let bits = 0;
  let held = 0;
  for (const byte of random.subarray(0, 10)) {
    held = (held << 8) | byte;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      text += digits.charAt((held >> bits) & 31);
    }
    held &= (1 << bits) - 1;
  }
  return text;
}
