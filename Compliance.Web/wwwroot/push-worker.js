// Runs without a page: shows what was pushed, in the words that the page left here when its reader turned it on. What comes is encrypted for this browser (RFC 8291).

const words = async () => (await (await caches.open('push')).match('./words'))?.json();

self.addEventListener('push', event => event.waitUntil((async () => {
  const said = event.data?.json(), known = await words();
  if (!said || !known) return;
  await self.registration.showNotification(known[`kind.${said.kind}`] ?? known.title, {
    body: known.language === 'kk' ? said.nameKk : said.nameRu, tag: said.incident, renotify: true, icon: './mark.svg', lang: known.language,
    requireInteraction: said.urgency === 'Critical', data: { url: `./alerts/${said.incident}` },
  });
})()));

self.addEventListener('notificationclick', event => event.waitUntil((async () => {
  event.notification.close();
  const desks = await self.clients.matchAll({ type: 'window' }), url = new URL(event.notification.data.url, self.registration.scope).href;
  const desk = desks.find(page => page.url.includes('/alerts'));
  if (!desk) return self.clients.openWindow(url);
  await desk.focus();
  return desk.navigate(url).catch(() => self.clients.openWindow(url));
})()));
