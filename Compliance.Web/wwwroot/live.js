// A camera's picture: access units come over a WebSocket of their own and are decoded here (WebCodecs, or Media Source Extensions where a browser has none); nothing of it runs through the page's circuit.
// A message is a byte of flags (1 keyframe, 2 transcoded, 4 the camera's smaller stream), eight bytes of when the unit was received (milliseconds, big-endian), then the unit as Annex B (docs/live.md).

const keyframe = 1, transcoded = 2, smaller = 4, protocol = 'compliance.live.v1', sessionOver = 4001, mostWaiting = 10;

// A picture that stands is no live picture, and one that does not come is asked for again (milliseconds).
const longestStill = 4000, longestWait = 13000;

// The codec as RFC 6381 writes it, out of the sequence parameter set.
function codecOf(unit) {
  for (let at = 0; at + 7 < unit.length; at++) {
    if (unit[at] === 0 && unit[at + 1] === 0 && unit[at + 2] === 1 && (unit[at + 3] & 31) === 7) {
      return 'avc1.' + [...unit.subarray(at + 4, at + 7)].map(b => b.toString(16).padStart(2, '0')).join('');
    }
  }
  return null;
}

// By the venues' clocks and with their offset, whatever zone this machine is set to.
const clock = new Intl.DateTimeFormat('sv', {
  timeZone: 'Asia/Almaty', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit', timeZoneName: 'shortOffset',
});

// Who looks, under which session or incident, and when: in the picture itself, so that a picture of the screen tells it too. Cameras write their own words into the corners.
export function sign(brush, mark, width, height, when) {
  const size = Math.max(10, Math.round(height / 26)), text = `${mark} ${clock.format(when).replace('GMT', 'UTC')}`;
  brush.font = `600 ${size}px sans-serif`;
  brush.textBaseline = 'bottom';
  for (const [x, y] of [[0.4, 0.98], [0.04, 0.55], [0.36, 0.24]]) {
    brush.fillStyle = 'rgba(0, 0, 0, .35)';
    brush.fillText(text, x * width + 1, y * height + 1);
    brush.fillStyle = 'rgba(255, 255, 255, .45)';
    brush.fillText(text, x * width, y * height);
  }
}

class Screen {
  constructor(canvas, page, mark) {
    Object.assign(this, { canvas, page, mark, stopped: false, waitsForKeyframe: true, shown: 0, kept: new Map() });
    this.brush = canvas.getContext('2d');
  }

  open(address, ticket) {
    if (this.stopped) return;
    this.begun = this.drawn = performance.now();
    this.reset();
    clearInterval(this.watch);
    this.watch = setInterval(() => { if (performance.now() - this.drawn > (this.shown ? longestStill : longestWait)) this.socket.close(); }, 500);
    const url = new URL(address);
    url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
    this.socket = new WebSocket(url, [protocol, 'ticket.' + ticket]);
    this.socket.binaryType = 'arraybuffer';
    this.socket.onmessage = event => this.take(event.data);
    this.socket.onclose = event => this.over(event);
  }

  take(message) {
    const view = new DataView(message), flags = view.getUint8(0), at = Number(view.getBigInt64(1)), unit = new Uint8Array(message, 9);
    const isKeyframe = (flags & keyframe) !== 0;
    this.kind = flags & (transcoded | smaller);
    if (!('VideoDecoder' in window)) return this.takeAsMp4(unit, at, isKeyframe);
    if (this.decoder?.decodeQueueSize > mostWaiting) this.waitsForKeyframe = true; // what is late is worth nothing
    if (this.waitsForKeyframe && !isKeyframe) return;
    if (isKeyframe && !this.configure(codecOf(unit))) return;
    this.waitsForKeyframe = false;
    try {
      this.decoder.decode(new EncodedVideoChunk({ type: isKeyframe ? 'key' : 'delta', timestamp: at * 1000, data: unit }));
    } catch {
      this.reset();
    }
  }

  configure(codec) {
    if (!codec) return false;
    if (this.codec === codec && this.decoder?.state === 'configured') return true;
    this.reset();
    this.decoder = new VideoDecoder({ output: frame => this.show(frame), error: () => this.reset() });
    this.decoder.configure({ codec, optimizeForLatency: true });
    this.codec = codec;
    return true;
  }

  // The browser has no decoder to be fed by hand.
  async takeAsMp4(unit, at, isKeyframe) {
    if (!('MediaSource' in window) || !HTMLVideoElement.prototype.requestVideoFrameCallback) return this.give('no-decoder');
    this.mp4 ??= import('./live-mp4.js').then(({ Mp4Player }) => new Mp4Player((picture, width, height, of) => this.draw(picture, width, height, of)));
    const player = await this.mp4;
    if (player.take(unit, at, isKeyframe) !== 'anew') return;
    // Another stream of the camera, which this player was not opened for.
    this.reset();
    if (!this.stopped) await this.takeAsMp4(unit, at, isKeyframe);
  }

  show(frame) {
    this.draw(frame, frame.displayWidth, frame.displayHeight, frame.timestamp / 1000);
    frame.close();
  }

  // Of when the picture is: milliseconds since 1970.
  draw(picture, width, height, of) {
    const { canvas, brush } = this;
    if (this.stopped) return;
    if (canvas.width !== width || canvas.height !== height) [canvas.width, canvas.height] = [width, height];
    brush.drawImage(picture, 0, 0, width, height);
    sign(brush, this.mark, width, height, new Date(of));
    this.drawn = performance.now();
    canvas.dataset.behind = Math.round(Date.now() - of);
    if (this.shown++ === 0) canvas.dataset.first = Math.round(performance.now() - this.begun);
    else if (this.told === this.kind) return;
    this.told = this.kind;
    this.page.invokeMethodAsync('Shown', (this.kind & transcoded) !== 0, (this.kind & smaller) !== 0);
  }

  reset() {
    if (this.decoder && this.decoder.state !== 'closed') this.decoder.close();
    this.mp4?.then(player => player.close());
    this.decoder = this.codec = this.mp4 = null;
    this.waitsForKeyframe = true;
  }

  give(why) {
    this.stop();
    this.page.invokeMethodAsync('Ended', why);
    return false;
  }

  over(event) {
    clearInterval(this.watch);
    this.reset();
    this.dark();
    if (this.stopped) return;
    this.page.invokeMethodAsync('Ended', event.code === sessionOver ? 'over' : 'away');
  }

  dark() {
    this.shown = 0;
    this.brush.clearRect(0, 0, this.canvas.width, this.canvas.height);
  }

  stop() {
    this.stopped = true;
    clearInterval(this.watch);
    this.socket?.close();
    this.reset();
    this.dark();
  }

  // The picture as it is on the screen, watermark included: its hash goes into the log, the file to the officer.
  async still() {
    if (!this.shown) return null;
    const file = await new Promise(tell => this.canvas.toBlob(tell, 'image/png'));
    const hash = [...new Uint8Array(await crypto.subtle.digest('SHA-256', await file.arrayBuffer()))].map(b => b.toString(16).padStart(2, '0')).join('');
    this.kept.set(hash, file);
    return hash;
  }

  // Only after the log has taken it: the picture of that hash; without a name it is let go. False where there is none.
  hand(hash, name) {
    const file = this.kept.get(hash);
    this.kept.delete(hash);
    if (!file || !name) return false;
    const link = document.createElement('a');
    link.href = URL.createObjectURL(file);
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
    return true;
  }
}

export const screenOf = (canvas, page, mark) => new Screen(canvas, page, mark);
