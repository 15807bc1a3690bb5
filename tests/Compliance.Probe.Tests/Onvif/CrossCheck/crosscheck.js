// Somebody else's client asks our simulated device. One line of JSON for each step.
const { Cam, Discovery } = require('onvif');
const [port, username, password, wsSecurity] = process.argv.slice(2);
const say = (step, said) => console.log(JSON.stringify({ step, ...said }));
const later = (cam, ask, ...words) => new Promise((done, fail) => cam[ask](...words, (e, answer) => e ? fail(new Error(`${ask}: ${e.message}`)) : done(answer)));

const cam = new Cam({ hostname: '127.0.0.1', port: Number(port), username, password, useWSSecurity: wsSecurity === 'true', timeout: 10000, autoconnect: false });

const discovered = () => new Promise(done => Discovery.probe({ timeout: 1500, device: 'lo', resolve: false }, (e, found) => done(found ?? [])));

async function main() {
  say('discovered', { doors: (await discovered()).map(d => d.probeMatches.probeMatch.XAddrs) });
  await later(cam, 'connect');
  say('connected', { media2: cam.media2Support === true, shift: (await later(cam, 'getSystemDateAndTime')) - Date.now() });
  say('identity', await later(cam, 'getDeviceInformation'));
  const profile = cam.profiles[0];
  say('profiles', { count: cam.profiles.length, active: cam.activeSource });
  say('stream', { uri: (await later(cam, 'getStreamUri', { protocol: 'RTSP' })).uri, profile: profile.$.token });
  if (cam.uri.search) {
    say('summary', await later(cam, 'getRecordingSummary'));
    say('replay', { uri: await later(cam, 'getReplayUri', { recordingToken: 'rec0' }) });
  }
  const texts = answer => answer.getOSDsResponse.OSDs.filter(o => o).map(o => `${o.textString.plainText}`);
  try {
    const before = texts(await later(cam, 'getOSDs'));
    const made = await later(cam, 'createOSD', { plaintext: '5117' });
    const token = made.createOSDResponse.OSDToken ?? made.createOSDResponse;
    const after = texts(await later(cam, 'getOSDs'));
    await later(cam, 'deleteOSD', token);
    say('overlay', { before, after, restored: texts(await later(cam, 'getOSDs')) });
  } catch (e) {
    say('overlay', { refused: e.message });
  }
  say('events', await new Promise(done => {
    cam.once('event', (message) => done({ topic: message.topic._ ?? message.topic, data: message.message.message.data.simpleItem.$ }));
    say('waiting', {});
  }));
  process.exit(0);
}

main().catch(e => { console.error(e); process.exit(1); });
