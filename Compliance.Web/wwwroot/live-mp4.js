// For browsers without WebCodecs: H.264 access units become fragmented MP4 (ISO/IEC 14496-12, -15), one sample a fragment, for Media Source Extensions. A sample waits for the next one,
// which says how long it lasts: one picture later than WebCodecs would show it.

const scale = 1000; // milliseconds

const bytes = (...parts) => Uint8Array.from(parts.flatMap(part => [...part]));
const u32 = n => [n >>> 24 & 255, n >>> 16 & 255, n >>> 8 & 255, n & 255];
const u16 = n => [n >>> 8 & 255, n & 255];
const text = word => [...word].map(letter => letter.charCodeAt(0));
const box = (name, ...parts) => {
  const length = parts.reduce((sum, part) => sum + part.length, 8), whole = new Uint8Array(length);
  whole.set([...u32(length), ...text(name)]);
  let at = 8;
  for (const part of parts) { whole.set(part, at); at += part.length; }
  return whole;
};
const full = (name, flags, ...parts) => box(name, u32(flags), ...parts);

// The units of an access unit, without their start codes.
export function unitsOf(annexB) {
  const found = [];
  for (let at = 0, from = -1; at <= annexB.length; at++) {
    const starts = at + 2 < annexB.length && annexB[at] === 0 && annexB[at + 1] === 0 && annexB[at + 2] === 1;
    if (!starts && at < annexB.length) continue;
    if (from >= 0) {
      let end = at;
      while (end > from && annexB[end - 1] === 0) end--;
      if (end > from) found.push(annexB.subarray(from, end));
    }
    if (starts) { from = at + 3; at += 2; }
  }
  return found;
}

// Width and height out of a sequence parameter set (ITU-T H.264, 7.3.2.1.1), after cropping.
export function sizeOf(sps) {
  const plain = [];
  for (let at = 1; at < sps.length; at++) if (!(sps[at] === 3 && sps[at - 1] === 0 && sps[at - 2] === 0)) plain.push(sps[at]);
  let bit = 24; // profile, constraints, level
  const one = () => plain[bit >> 3] >> (7 - (bit++ & 7)) & 1;
  const ue = () => {
    let zeros = 0;
    while (!one() && zeros < 32) zeros++;
    let value = 1;
    for (let n = 0; n < zeros; n++) value = value * 2 + one();
    return value - 1;
  };
  const se = () => { const n = ue(); return n & 1 ? (n + 1) / 2 : -n / 2; };
  ue();
  let chroma = 1;
  if ([100, 110, 122, 244, 44, 83, 86, 118, 128].includes(plain[0])) {
    chroma = ue();
    if (chroma === 3) one();
    ue(); ue(); one();
    if (one()) for (let list = 0; list < (chroma === 3 ? 12 : 8); list++) {
      if (!one()) continue;
      for (let n = 0, last = 8, next = 8; n < (list < 6 ? 16 : 64); n++) {
        if (next) next = (last + se() + 256) % 256;
        last = next || last;
      }
    }
  }
  ue();
  const order = ue();
  if (order === 0) ue();
  else if (order === 1) { one(); se(); se(); for (let n = ue(); n > 0; n--) se(); }
  ue(); one();
  const width = (ue() + 1) * 16, rows = ue() + 1, whole = one();
  if (!whole) one();
  one();
  let height = (2 - whole) * rows * 16, cropped = width;
  if (one()) {
    const [left, right, top, bottom] = [ue(), ue(), ue(), ue()];
    cropped -= (left + right) * (chroma === 1 || chroma === 2 ? 2 : 1);
    height -= (top + bottom) * (chroma === 1 ? 2 : 1) * (2 - whole);
  }
  return { width: cropped, height };
}

export function beginning(sps, pps) {
  const { width, height } = sizeOf(sps), unity = [...u32(0x10000), ...u32(0), ...u32(0), ...u32(0), ...u32(0x10000), ...u32(0), ...u32(0), ...u32(0), ...u32(0x40000000)];
  const avcC = box('avcC', [1, sps[1], sps[2], sps[3], 0xff, 0xe1], u16(sps.length), sps, [1], u16(pps.length), pps);
  const avc1 = box('avc1', u32(0), u16(0), u16(1), new Uint8Array(16), u16(width), u16(height), u32(0x480000), u32(0x480000), u32(0), u16(1), new Uint8Array(32), u16(24), [0xff, 0xff], avcC);
  const table = box('stbl', full('stsd', 0, u32(1), avc1), full('stts', 0, u32(0)), full('stsc', 0, u32(0)), full('stsz', 0, u32(0), u32(0)), full('stco', 0, u32(0)));
  const media = box('mdia', full('mdhd', 0, u32(0), u32(0), u32(scale), u32(0), u16(0x55c4), u16(0)), full('hdlr', 0, u32(0), text('vide'), u32(0), u32(0), u32(0), [0]),
    box('minf', full('vmhd', 1, new Uint8Array(8)), box('dinf', full('dref', 0, u32(1), full('url ', 1))), table));
  const track = box('trak', full('tkhd', 3, u32(0), u32(0), u32(1), u32(0), u32(0), u32(0), u32(0), u32(0), u32(0), unity, u32(width << 16), u32(height << 16)), media);
  const movie = box('moov', full('mvhd', 0, u32(0), u32(0), u32(scale), u32(0), u32(0x10000), u16(0x100), u16(0), u32(0), u32(0), unity, new Uint8Array(24), u32(2)), track,
    box('mvex', full('trex', 0, u32(1), u32(1), u32(0), u32(0), u32(0))));
  return bytes(box('ftyp', text('iso6'), u32(0), text('iso6avc1')), movie);
}

export function fragment(number, at, duration, isKeyframe, units) {
  const size = units.reduce((sum, unit) => sum + unit.length + 4, 0), flags = isKeyframe ? 0x02000000 : 0x01010000;
  const moof = offset => box('moof', full('mfhd', 0, u32(number)), box('traf', full('tfhd', 0x020000, u32(1)), full('tfdt', 0x01000000, u32(Math.floor(at / 2 ** 32)), u32(at >>> 0)),
    full('trun', 0x000701, u32(1), u32(offset), u32(duration), u32(size), u32(flags))));
  const whole = new Uint8Array(size);
  let place = 0;
  for (const unit of units) { whole.set(u32(unit.length), place); whole.set(unit, place + 4); place += unit.length + 4; }
  const head = moof(moof(0).length + 8), media = box('mdat', whole), out = new Uint8Array(head.length + media.length);
  out.set(head);
  out.set(media, head.length);
  return out;
}

// Takes what VideoDecoder would take, and hands out pictures as it would.
export class Mp4Player {
  constructor(draw) {
    this.video = Object.assign(document.createElement('video'), { muted: true, playsInline: true, autoplay: true });
    Object.assign(this, { draw, waiting: [], number: 0, over: false });
    const next = () => {
      if (this.over) return;
      if (this.video.videoWidth) this.draw(this.video, this.video.videoWidth, this.video.videoHeight, this.first + this.video.currentTime * 1000);
      this.video.requestVideoFrameCallback(next);
    };
    this.video.requestVideoFrameCallback(next);
  }

  // 'anew' where these pictures are of another stream than the ones before.
  take(unit, at, isKeyframe) {
    const all = unitsOf(unit), kind = one => one[0] & 31;
    const sps = all.find(one => kind(one) === 7), pps = all.find(one => kind(one) === 8);
    if (!this.source) {
      if (!isKeyframe || !sps || !pps) return;
      this.sps = sps.join();
      this.open(sps, pps, at);
    } else if (isKeyframe && sps && sps.join() !== this.sps) return 'anew';
    const last = this.last;
    this.last = { at: at - this.first, isKeyframe, units: all.filter(one => ![7, 8, 9].includes(kind(one))) };
    if (last) this.append(fragment(++this.number, last.at, Math.max(1, this.last.at - last.at), last.isKeyframe, last.units));
  }

  open(sps, pps, at) {
    this.first = at;
    this.source = new MediaSource();
    this.video.src = URL.createObjectURL(this.source);
    this.source.addEventListener('sourceopen', () => {
      if (this.over) return;
      this.buffer = this.source.addSourceBuffer(`video/mp4; codecs="avc1.${[...sps.subarray(1, 4)].map(b => b.toString(16).padStart(2, '0')).join('')}"`);
      this.buffer.addEventListener('updateend', () => this.pump());
      this.pump();
    }, { once: true });
    this.append(beginning(sps, pps));
  }

  append(piece) {
    this.waiting.push(piece);
    this.pump();
  }

  pump() {
    const { buffer, video } = this;
    if (!buffer || buffer.updating || this.over) return;
    const end = buffer.buffered.length ? buffer.buffered.end(buffer.buffered.length - 1) : 0;
    if (end - video.currentTime > 0.5) video.currentTime = end - 0.05; // what is late is worth nothing
    if (end > 30 && buffer.buffered.start(0) < end - 20) return buffer.remove(0, end - 10);
    const piece = this.waiting.shift();
    if (piece) buffer.appendBuffer(piece);
    if (video.paused) video.play().catch(() => { });
  }

  close() {
    this.over = true;
    this.video.pause();
    if (this.video.src) URL.revokeObjectURL(this.video.src);
    this.video.removeAttribute('src');
  }
}
