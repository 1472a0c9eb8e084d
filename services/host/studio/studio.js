// Which component of Elsa Studio stands on the page. The address decides: stromen, stromen/{id}, lopend, lopend/{id}.
// Each is a page of its own: Studio cannot have two of its components on one page, not even one after the other.
'use strict';

const backend = `${location.origin}/elsa/api`;
const [onderdeel, id] = location.pathname.replace('/studio/', '').split('/').map(decodeURIComponent);

// A callback of Studio gives an id, or an event that carries one.
const idOf = given => typeof given === 'string' ? given : given?.definitionId ?? given?.instanceId ?? given?.id;
const open = where => given => { location.href = `/studio/${where}/${encodeURIComponent(idOf(given))}`; };

const component =
  onderdeel === 'lopend' && id ? { name: 'elsa-workflow-instance-viewer', attributes: { 'instance-id': id }, callbacks: { editWorkflowDefinition: open('stromen') } }
  : onderdeel === 'lopend' ? { name: 'elsa-workflow-instance-list', attributes: {}, callbacks: { viewWorkflowInstance: open('lopend') } }
  : id ? { name: 'elsa-workflow-definition-editor', attributes: { 'definition-id': id }, callbacks: {} }
  : { name: 'elsa-workflow-definition-list', attributes: {}, callbacks: { editWorkflowDefinition: open('stromen') } };

document.querySelector(`[data-onderdeel="${onderdeel}"]`)?.setAttribute('aria-current', 'page');

// A refusal is one sentence of ours; of most of them Studio says nothing, or only that something went wrong.
const ask = window.fetch;
window.fetch = async (...request) => {
  const answer = await ask(...request);
  if (answer.url.startsWith(backend) && answer.status >= 400 && answer.headers.get('content-type')?.includes('problem+json'))
    answer.clone().json().then(problem => tell(answer.status === 401 ? 'U bent niet meer aangemeld; laad de pagina opnieuw.' : problem.detail));
  return answer;
};

function tell(sentence) {
  const note = document.createElement('p');
  note.className = 'melding';
  note.setAttribute('role', 'alert');
  note.textContent = sentence;
  note.addEventListener('click', () => note.remove());
  document.body.append(note);
  setTimeout(() => note.remove(), 12000);
}

// Callbacks are lost on an element that is not defined yet.
customElements.whenDefined(component.name).then(() => {
  const element = document.createElement(component.name);
  for (const [name, value] of Object.entries({ 'remote-endpoint': backend, ...component.attributes })) element.setAttribute(name, value);
  Object.assign(element, component.callbacks);
  document.getElementById('werkblad').replaceChildren(element);
});
