// A clip of an alert is seen in a canvas: each picture is drawn with who sees it, of which incident and when, as live pictures are (live.js). The video itself is
// on no screen; the keys under the picture are our own, and full screen is that of picture and keys together.
import { sign } from './live.js';

class Clip {
  constructor(box, mark) {
    Object.assign(this, { box, mark, isStopped: false });
    [this.video, this.canvas, this.place] = ['video', 'canvas', 'input'].map(name => box.querySelector(name));
    this.brush = this.canvas.getContext('2d');
    const { video, place } = this;
    const keys = { '.clip-play': () => video.paused ? video.play() : video.pause(), '.clip-full': () => document.fullscreenElement ? document.exitFullscreen() : box.requestFullscreen() };
    for (const [key, press] of Object.entries(keys)) box.querySelector(key).onclick = () => Promise.resolve(press()).catch(() => {}); // what a browser does not allow it does not do
    place.oninput = () => { video.currentTime = place.value / 1000 * (video.duration || 0); };
    video.muted = true; // browsers play by themselves what nobody hears
    video.play().catch(() => {});
    this.draw();
  }

  // The time in it goes on while the picture stands: it says when somebody saw it.
  draw() {
    if (this.isStopped) return;
    if (!this.box.isConnected) return this.stop(); // let go before it was known
    requestAnimationFrame(() => this.draw());
    const { video, canvas, brush, box, place } = this, second = Math.floor(Date.now() / 1000);
    box.dataset.state = video.error ? 'failed' : video.paused ? 'paused' : 'playing';
    if (video.readyState < HTMLMediaElement.HAVE_CURRENT_DATA || (video.currentTime === this.at && second === this.second)) return;
    [this.at, this.second] = [video.currentTime, second];
    const [width, height] = [video.videoWidth, video.videoHeight];
    if (canvas.width !== width || canvas.height !== height) [canvas.width, canvas.height] = [width, height];
    brush.drawImage(video, 0, 0, width, height);
    sign(brush, this.mark, width, height, new Date());
    if (document.activeElement !== place || !video.paused) place.value = video.duration ? video.currentTime / video.duration * 1000 : 0;
    box.dataset.drawn = 'true';
  }

  stop() {
    this.isStopped = true;
    this.video.pause();
    this.video.removeAttribute('src');
    this.video.load();
  }
}

export const play = (box, mark) => new Clip(box, mark);
