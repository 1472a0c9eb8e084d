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

// Callbacks are lost on an element that is not defined yet.
customElements.whenDefined(component.name).then(() => {
  const element = document.createElement(component.name);
  for (const [name, value] of Object.entries({ 'remote-endpoint': backend, ...component.attributes })) element.setAttribute(name, value);
  Object.assign(element, component.callbacks);
  document.getElementById('werkblad').replaceChildren(element);
});
