// Whether this browser is told of new incidents while no page is open; the browser asks its reader, and keeps the subscription.

const bytes = text => Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), c => c.charCodeAt(0));
const same = (a, b) => a && b && a.byteLength === b.byteLength && new Uint8Array(a).every((v, i) => v === new Uint8Array(b)[i]);

const described = subscription => {
  if (!subscription) return null;
  const { endpoint, keys } = subscription.toJSON();
  return { endpoint, p256dh: keys.p256dh, auth: keys.auth };
};

const worker = () => navigator.serviceWorker?.getRegistration('./push-worker.js');

// 'impossible', 'denied', 'off', or the subscription that stands under that key.
export async function state(key) {
  if (!('serviceWorker' in navigator && 'PushManager' in window && 'Notification' in window)) return { why: 'impossible' };
  if (Notification.permission === 'denied') return { why: 'denied' };
  const subscription = await (await worker())?.pushManager.getSubscription();
  return subscription && same(subscription.options.applicationServerKey, bytes(key).buffer) ? { device: described(subscription) } : { why: 'off' };
}

export async function on(key, words) {
  if (await Notification.requestPermission() !== 'granted') return { why: 'denied' };
  try {
    await remember(words);
    const registration = await navigator.serviceWorker.register('./push-worker.js');
    await navigator.serviceWorker.ready;
    await (await registration.pushManager.getSubscription())?.unsubscribe();
    return { device: described(await registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: bytes(key) })) };
  } catch {
    return { why: 'impossible' }; // the browser keeps nothing for this site, or does not reach its push service
  }
}

export async function off() {
  const subscription = await (await worker())?.pushManager.getSubscription();
  await subscription?.unsubscribe();
  return described(subscription);
}

export async function remember(words) {
  await (await caches.open('push')).put('./words', new Response(JSON.stringify(words), { headers: { 'Content-Type': 'application/json' } }));
}
