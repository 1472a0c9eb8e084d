// Which component of Elsa Studio stands on the page. The address decides: #/stromen, #/stromen/{id}, #/lopend, #/lopend/{id}.
'use strict';

const werkblad = document.getElementById('werkblad');

function element(name, attributes, callbacks) {
  const provider = document.createElement('elsa-backend-provider');
  provider.setAttribute('remote-endpoint', `${location.origin}/elsa/api`);
  const component = document.createElement(name);
  component.setAttribute('remote-endpoint', `${location.origin}/elsa/api`);
  for (const [key, value] of Object.entries(attributes)) component.setAttribute(key, value);
  for (const [key, value] of Object.entries(callbacks)) component[key] = value;
  return [provider, component];
}

// A callback of Studio gives an id, or an event that carries one.
const idOf = given => typeof given === 'string' ? given : given?.definitionId ?? given?.id ?? String(given);
const go = path => { location.hash = path; };

function show() {
  const [onderdeel = 'stromen', id] = location.hash.replace(/^#\/?/, '').split('/').filter(Boolean).map(decodeURIComponent);
  for (const link of document.querySelectorAll('[data-onderdeel]'))
    link.toggleAttribute('aria-current', link.dataset.onderdeel === onderdeel);
  const openFlow = given => go(`/stromen/${encodeURIComponent(idOf(given))}`);
  const openInstance = given => go(`/lopend/${encodeURIComponent(idOf(given))}`);
  werkblad.replaceChildren(...(
    onderdeel === 'lopend' && id ? element('elsa-workflow-instance-viewer', { 'instance-id': id }, { editWorkflowDefinition: openFlow })
    : onderdeel === 'lopend' ? element('elsa-workflow-instance-list', {}, { viewWorkflowInstance: openInstance })
    : id ? element('elsa-workflow-definition-editor', { 'definition-id': id }, { workflowDefinitionExecuted: openInstance })
    : element('elsa-workflow-definition-list', {}, { editWorkflowDefinition: openFlow })));
}

addEventListener('hashchange', show);
show();
