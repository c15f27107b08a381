/* What pages do beyond plain HTML. Listeners sit on the document, so swapped-in parts need no set-up. */
(function () {
  'use strict';

  function each(selector, root, act) { Array.prototype.forEach.call(root.querySelectorAll(selector), act); }

  /* The county grid: arrow keys move between cells, Home and End within the row. */
  function moveInGrid(event) {
    var cell = event.target.closest && event.target.closest('.kgrid td, .kgrid th');
    if (!cell || event.altKey || event.ctrlKey || event.metaKey) return;
    var next = neighbour(cell, event.key);
    if (!next) return;
    event.preventDefault();
    next.focus();
  }

  function neighbour(cell, key) {
    var row = cell.parentNode, link = null, at = cell;
    if (key === 'Home') return row.querySelector('a');
    if (key === 'End') { var all = row.querySelectorAll('a'); return all[all.length - 1]; }
    while (!link) {
      if (key === 'ArrowRight') at = at.nextElementSibling;
      else if (key === 'ArrowLeft') at = at.previousElementSibling;
      else if (key === 'ArrowDown' || key === 'ArrowUp') {
        row = key === 'ArrowDown' ? row.nextElementSibling : row.previousElementSibling;
        at = row && row.cells[cell.cellIndex];
      } else return null;
      if (!at) return null;
      link = at.querySelector('a');
    }
    return link;
  }

  /* "/" goes to the search, Escape closes an open menu. */
  function shortcuts(event) {
    if (event.key === 'Escape') each('details.menu[open]', document, function (menu) { menu.open = false; menu.querySelector('summary').focus(); });
    if (event.key !== '/' || event.target.closest('input, select, textarea, [contenteditable]')) return;
    var search = document.querySelector('.top-search, .filters input[type=search], .filters .search input');
    if (search) { event.preventDefault(); search.focus(); search.select(); }
  }

  function closeMenus(event) {
    each('details.menu[open]', document, function (menu) { if (!menu.contains(event.target)) menu.open = false; });
  }

  /* Ticked rows: the head's box ticks all of the page, the bar above says how many. */
  function ticked(event) {
    var box = event.target;
    if (box.type !== 'checkbox' || !box.closest('.data')) return;
    var table = box.closest('.data');
    if (box.closest('thead')) each('tbody td:first-child input[type=checkbox]', table, function (one) { one.checked = box.checked; });
    showTicked(table);
  }

  /* Many at once: who fills a field in means it to change. */
  function tickFilled(event) {
    var field = event.target.closest('.bulk-field'), tick = field && field.querySelector('.tick input');
    if (tick && tick !== event.target) tick.checked = true;
  }

  /* The whole first cell is the target: a box alone is too small for a finger. */
  function tickCell(event) {
    var cell = event.target.closest('.data td:first-child, .data th:first-child'), box = cell && cell === event.target && cell.querySelector('input[type=checkbox]');
    if (box) box.click();
  }

  function showTicked(table) {
    var count = 0, rows = 0, all = table.querySelector('thead input[type=checkbox]');
    each('tbody td:first-child input[type=checkbox]', table, function (one) {
      rows += 1; count += one.checked ? 1 : 0;
      one.closest('tr').classList.toggle('sel', one.checked);
    });
    if (all) { all.checked = count > 0 && count === rows; all.indeterminate = count > 0 && count < rows; }
    var bar = (table.closest('form') || table.closest('.panel') || document).querySelector('[data-bulk]');
    if (!bar) return;
    bar.hidden = count === 0;
    bar.querySelector('[data-bulk-count]').textContent = count;
  }

  /* Addresses stay readable: empty conditions and the usual columns are left out. */
  function plainAddress(event) {
    var form = event.target, data = event.formData;
    if (!form.matches('[data-plain-address]')) return;
    Array.from(data.entries()).forEach(function (pair) { if (pair[1] === '') data.delete(pair[0]); });
    var boxes = Array.from(form.querySelectorAll('[data-usual]'));
    if (boxes.every(function (box) { return box.checked === (box.dataset.usual === '1'); })) data.delete('columns');
  }

  function showChosen(event) {
    var pick = event.target.closest('.filters .pick, .filters .chip');
    if (pick) pick.classList.toggle('on', event.target.type === 'checkbox' ? event.target.checked : event.target.value !== '');
  }

  /* htmx: an answer without the part that was asked for (signed out, refused, failed) is shown as the page it is. */
  function wholePage(event) {
    var request = event.detail.ctx, wanted = request.select;
    if (!wanted || wanted[0] !== '#' || request.text.indexOf('id="' + wanted.slice(1) + '"') >= 0) return;
    event.preventDefault();
    location.assign(request.request.action);
  }

  function noAnswer() {
    var notice = document.getElementById('no-answer'), main = document.getElementById('main'), list = main.querySelector('.notices');
    if (!list) { list = document.createElement('div'); list.className = 'notices'; main.prepend(list); }
    list.replaceChildren(notice.content.cloneNode(true));
  }

  /* A table wider than its panel can be scrolled with the keyboard too. */
  function reachable() {
    each('.scroll-x', document, function (box) { if (box.scrollWidth > box.clientWidth) box.tabIndex = 0; else box.removeAttribute('tabindex'); });
  }

  /* A field that names one of many records: the browser offers what the server finds. */
  function suggest(event) {
    var field = event.target, address = field.dataset && field.dataset.suggest;
    if (!address || field.value.trim() === '') return;
    clearTimeout(field.waiting);
    field.waiting = setTimeout(function () {
      fetch(address + '?q=' + encodeURIComponent(field.value.trim()), { headers: { Accept: 'application/json' } })
        .then(function (answer) { return answer.ok ? answer.json() : []; })
        .then(function (names) { offer(field, names); });
    }, 250);
  }

  function offer(field, names) {
    var list = field.list;
    if (!list) {
      list = document.createElement('datalist');
      list.id = field.id + '-offered';
      field.after(list);
      field.setAttribute('list', list.id);
    }
    list.replaceChildren.apply(list, names.map(function (name) { var one = document.createElement('option'); one.value = name; return one; }));
  }

  function swapped() { each('.data', document, showTicked); reachable(); }

  function print(event) { if (event.target.closest('[data-print]')) window.print(); }

  document.addEventListener('click', print);
  document.addEventListener('input', suggest);
  document.addEventListener('keydown', moveInGrid);
  document.addEventListener('keydown', shortcuts);
  document.addEventListener('click', closeMenus);
  document.addEventListener('click', tickCell);
  document.addEventListener('change', ticked);
  document.addEventListener('input', tickFilled);
  document.addEventListener('change', showChosen);
  document.addEventListener('formdata', plainAddress);
  document.addEventListener('htmx:after:request', wholePage);
  document.addEventListener('htmx:error', noAnswer);
  document.addEventListener('htmx:after:swap', swapped);
  addEventListener('resize', reachable);
  reachable();
})();
