// Says that something changed since this page was made, and nothing more: what is being read stays where it is.
const melding = document.getElementById('wijzigingen');
if (melding && 'EventSource' in window) {
  const getoond = JSON.parse(melding.dataset.aantallen);
  let verteld = 0;
  new EventSource(melding.dataset.bron).addEventListener('aantallen', bericht => {
    const nu = JSON.parse(bericht.data);
    const anders = Object.keys(nu).map(t => Math.abs(nu[t] - (getoond[t] ?? 0)));
    const aantal = Math.max(Math.ceil(anders.reduce((som, n) => som + n, 0) / 2), Math.max(...anders));
    if (aantal === verteld) return;
    verteld = aantal;
    melding.replaceChildren();
    if (aantal === 0) return;
    const ververs = Object.assign(document.createElement('a'), { className: 'utrecht-link utrecht-link--html-a', href: location.href, textContent: 'Ververs' });
    melding.append(aantal === 1 ? '1 wijziging. ' : `${aantal} wijzigingen. `, ververs);
  });
}
