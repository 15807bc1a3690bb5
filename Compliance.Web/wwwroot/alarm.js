// The alert desk's own ear. The page hears of incidents by its circuit; this script hears of them by a stream of its own (/desk/changes), so that a dead
// circuit silences nobody. While the circuit lives it rings; when it stands still this rings instead, says what is new and since when, and never
// rings for what the circuit rang for. AlarmLine.razor gives the words, the circuit's beat and what was on the desk; times are milliseconds.
(() => {
  const mostOffered = 5, circuitPatience = 4000, streamPatience = 4500, startPatience = 15000, watchEvery = 250, sleptFor = 90000, askEvery = 2000, together = 150, retries = [1000, 2000, 5000];

  // Two tones for a new incident, four for a critical one. Browsers let a page sound once somebody has touched it.
  let sound;
  const wake = () => { sound ??= new AudioContext(); sound.resume(); };
  for (const touch of ['pointerdown', 'keydown']) document.addEventListener(touch, wake, { once: true });
  const play = critical => {
    if (!sound || sound.state !== 'running') return false;
    (critical ? [880, 1175, 880, 1175] : [660, 880]).forEach((pitch, i) => {
      const tone = new OscillatorNode(sound, { frequency: pitch }), loud = new GainNode(sound, { gain: .15 });
      tone.connect(loud).connect(sound.destination);
      tone.start(sound.currentTime + i * .22);
      tone.stop(sound.currentTime + i * .22 + .18);
    });
    document.documentElement.dataset.rung = Number(document.documentElement.dataset.rung ?? 0) + 1;
    return true;
  };

  const told = new Set(), alone = new Set(); // incidents that were rung for here, and those of them that the circuit does not know of yet
  window.ringDesk = (critical, incidents) => {
    const news = incidents.filter(id => !alone.delete(id));
    news.forEach(id => told.add(id));
    if (news.length) play(critical);
  };

  let line, beat, beatAt, hasBeaten, since, watchedAt = 0;
  let stream, heardAt, lastHeard, openAt = 0, failed = 0;
  let isAlone = false, base, fresh = new Set(), asking = false, askAt = Infinity;
  let waits = [], taken = []; // what may be taken here, and the words on what was

  const start = (found, now) => {
    [line, beat, beatAt, hasBeaten, since] = [found, found.dataset.beat, now, false, new Date()];
    [heardAt, lastHeard, openAt, failed] = [now, new Date(), now, 0];
    told.clear();
    alone.clear();
    leave();
  };
  const stop = () => { stream?.close(); line = stream = null; leave(); };
  const leave = () => { isAlone = false; base = null; fresh = new Set(); askAt = Infinity; [waits, taken] = [[], []]; };

  const heard = () => { [heardAt, lastHeard, failed] = [performance.now(), new Date(), 0]; watch(); };
  const open = now => {
    const own = stream = new EventSource('/desk/changes');
    openAt = now;
    own.onopen = () => { heard(); ask(together); };
    own.addEventListener('beat', heard);
    own.addEventListener('reset', () => { heard(); ask(together); });
    own.addEventListener('change', event => {
      heard();
      if (event.data.includes('"policeincident-card"')) ask(together);
    });
    own.onerror = () => { if (own.readyState === EventSource.CLOSED) shut(own); };
  };
  // What the browser does not open again by itself, or what says nothing any more.
  const shut = own => {
    own.close();
    if (stream !== own) return;
    stream = null;
    openAt = performance.now() + retries[Math.min(failed++, retries.length - 1)];
  };

  const ask = within => { if (isAlone) askAt = Math.min(askAt, performance.now() + within); };
  const list = async () => {
    const of = line, district = of.dataset.district;
    [asking, askAt] = [true, Infinity];
    try {
      const answer = await fetch(`/desk/untaken${district ? `?district=${encodeURIComponent(district)}` : ''}`, { signal: AbortSignal.timeout(askEvery) });
      if (!answer.ok) throw new Error(answer.status);
      const untaken = await answer.json();
      if (!isAlone || line !== of) return ask(0); // drawn anew meanwhile
      [heardAt, lastHeard] = [performance.now(), new Date()];
      base ??= new Set(untaken.map(one => one.id)); // the page never said what was on the desk: what stands there now is seen, not heard
      waits = [...untaken].sort((a, b) => b.critical - a.critical).slice(0, mostOffered);
      const news = untaken.filter(one => !base.has(one.id) && !told.has(one.id));
      untaken.filter(one => !base.has(one.id)).forEach(one => fresh.add(one.id));
      const isLoud = document.querySelector('.desk-tools .sound')?.getAttribute('aria-pressed') !== 'false', hasSounded = news.length > 0 && isLoud && play(news.some(one => one.critical));
      news.forEach(one => { told.add(one.id); if (hasSounded) alone.add(one.id); });
      // What somebody took, and what comes back from there, is news again.
      const standing = new Set(untaken.map(one => one.id));
      for (const known of [told, alone, base]) known.forEach(id => { if (!standing.has(id)) known.delete(id); });
    } catch {
      ask(askEvery);
    } finally {
      asking = false;
    }
  };

  const made = (tag, words, more) => Object.assign(document.createElement(tag), { textContent: words }, more);
  const take = async (one, button) => {
    const of = line, note = button.nextElementSibling;
    button.disabled = true;
    try {
      const answer = await fetch(`/desk/taken/${one.id}`, { method: 'POST', headers: { RequestVerificationToken: of.dataset.token }, signal: AbortSignal.timeout(4 * askEvery) });
      if (answer.ok) taken.push(of.dataset.taken.replace('{0}', one.says));
      else note.textContent = answer.status === 409 ? await answer.text() : of.dataset.failed;
      if (answer.ok) waits = waits.filter(other => other.id !== one.id);
    } catch {
      note.textContent = of.dataset.failed;
    } finally {
      button.disabled = false;
      ask(0);
    }
  };

  const drawn = new WeakMap();
  const say = (state, words) => {
    if (!state) {
      if (line.dataset.state) { delete line.dataset.state; line.replaceChildren(); }
      return;
    }
    const offers = state === 'alone' && line.dataset.token ? waits : [], now = JSON.stringify([state, offers, taken]), stands = line.querySelector('.said');
    line.dataset.state = state;
    if (stands && drawn.get(line) === now) { // a button under somebody's finger stays
      if (stands.textContent !== words) stands.textContent = words;
      return;
    }
    drawn.set(line, now);
    const said = made('span', words, { className: 'said' }), reload = made('a', line.dataset.reload, { href: location.href });
    const list = made('ul', '', { className: 'alarm-offers' });
    for (const one of offers) {
      const item = made('li', ''), button = made('button', line.dataset.take, { type: 'button', className: 'quiet-button' });
      button.setAttribute('aria-label', `${line.dataset.take}: ${one.says}`);
      button.onclick = () => take(one, button);
      item.append(made('span', one.says), button, made('span', '', { className: 'why' }));
      list.append(item);
    }
    for (const words of taken) list.append(made('li', words, { className: 'taken' }));
    line.replaceChildren(...(list.childElementCount ? [said, reload, list] : [said, reload]));
  };

  const watch = () => {
    // A page that broke took the line along, and its circuit's beat: the line speaks where the page was, until that is loaded anew.
    if (line && !line.isConnected) document.querySelector('[data-broken]')?.append(line);
    const now = performance.now(), found = document.getElementById('desk-alarm');
    if (!found) return line ? stop() : undefined;
    if (!line) start(found, now);
    line = found; // drawn anew when the circuit takes the page over
    if (now - watchedAt > sleptFor) [beatAt, heardAt] = [now, now]; // the machine slept, and so did both lines
    watchedAt = now;
    if (line.dataset.beat !== beat) [beat, beatAt, since, hasBeaten] = [line.dataset.beat, now, new Date(), true];

    const modal = document.getElementById('components-reconnect-modal');
    const isCut = /components-reconnect-(show|retrying|paused|failed|rejected|resume-failed)/.test(modal?.className ?? '');
    const stands = isCut || now - beatAt > (hasBeaten ? circuitPatience : startPatience);
    if (stands && !isAlone) {
      isAlone = true;
      base = line.dataset.untaken === undefined ? null : new Set(line.dataset.untaken.split(' '));
      ask(0);
    } else if (!stands && isAlone) leave();

    if (!stream && now >= openAt) open(now);
    else if (stream && now - Math.max(heardAt, openAt) > streamPatience) { shut(stream); ask(0); }
    const isSilent = now - heardAt > streamPatience;
    if (isSilent && isAlone && askAt === Infinity) ask(askEvery);
    if (isAlone && !asking && now >= askAt) list();

    const words = (name, at) => line.dataset[name].replace('{0}', fresh.size).replace('{1}', at.toLocaleTimeString(document.documentElement.lang, { timeZone: 'Asia/Almaty', hour12: false }));
    if (isAlone) say(isSilent ? 'gone' : 'alone', isSilent ? words('gone', lastHeard) : words('alone', since));
    else if (isSilent && (hasBeaten || now - openAt > startPatience) && !document.querySelector('.desk-banner.bad')) say('single', line.dataset.single);
    else say(null);
  };
  setInterval(watch, watchEvery);
})();
