/* Draws every [data-chart="ID"] from <script type="application/json" id="ID"> (itops/crud/charts.py) with ECharts.
   Canvas and rich text only: ECharts' HTML tooltips write style="", which the Content-Security-Policy forbids. */
(function () {
  'use strict';

  var root = getComputedStyle(document.documentElement);
  function token(name) { return root.getPropertyValue(name).trim(); }
  var ink = token('--ink'), ink3 = token('--ink-3'), brand = token('--brand'), line2 = token('--line-2');
  var words = { color: ink3, fontSize: 12, fontFamily: getComputedStyle(document.body).fontFamily };
  var DAY = 864e5;

  /* "Not observed" is a hatch here as everywhere else. */
  function hatch() {
    var tile = document.createElement('canvas'), pen = tile.getContext('2d'), size = 8;
    tile.width = tile.height = size;
    pen.fillStyle = '#fff'; pen.fillRect(0, 0, size, size);
    pen.strokeStyle = '#8b959e'; pen.beginPath(); pen.moveTo(0, size); pen.lineTo(size, 0); pen.stroke();
    return { image: tile, repeat: 'repeat' };
  }

  /* The axis starts at zero and ends on a round number above everything that is drawn or named. */
  function scale(data) {
    var highest = 0, named = data.thresholds.concat(data.capacity || []);
    data.points.forEach(function (point) { if (point[1] !== null) highest = Math.max(highest, point[1]); });
    named.forEach(function (level) { highest = Math.max(highest, level.value * 1.08); });
    var rough = (highest || 1) / 4, power = Math.pow(10, Math.floor(Math.log10(rough)));
    var step = [1, 2, 2.5, 5, 10].find(function (factor) { return factor * power >= rough; }) * power;
    return { max: Math.ceil((highest || 1) / step - 1e-9) * step, interval: step };
  }

  function axis(own) {
    return Object.assign({ axisLabel: words, nameTextStyle: words, axisTick: { show: false }, axisLine: { lineStyle: { color: '#8b959e' } }, splitLine: { lineStyle: { color: line2 } } }, own);
  }

  function timeAxis(data) {
    var first = Date.parse(data.points[0][0]), last = Date.parse(data.points[data.points.length - 1][0]), days = (last - first) / DAY;
    var label = Object.assign({ formatter: days > 2 ? '{MM}-{dd}' : '{HH}:{mm}', hideOverlap: true }, words);
    return axis({ type: 'time', min: first, max: last, minInterval: days > 2 ? DAY : 0, splitLine: { show: false }, axisLabel: label });
  }

  function officeBands(data) {
    return data.office.map(function (band) { return [{ xAxis: band[0], itemStyle: { color: 'rgba(20,80,111,.09)' } }, { xAxis: band[1] }]; });
  }

  function gapBands(data) {
    var label = { show: true, position: 'inside', fontSize: 12, lineHeight: 17, color: ink, backgroundColor: '#fff', padding: 3 };
    return data.gaps.map(function (gap) {
      return [{ xAxis: gap.from, name: gap.text, itemStyle: { color: hatch() }, label: Object.assign({ formatter: '{b}' }, label) }, { xAxis: gap.to }];
    });
  }

  function namedLines(data) {
    var label = { position: 'insideStartTop', fontSize: 12, color: ink, formatter: '{b}', backgroundColor: 'rgba(255,255,255,.8)', padding: [1, 3] };
    var lines = data.thresholds.map(function (level) { return { yAxis: level.value, name: level.text, lineStyle: { type: 'dashed' }, label: label }; });
    if (data.capacity) lines.push({ yAxis: data.capacity.value, name: data.capacity.text, lineStyle: { type: 'solid' }, label: label });
    if (data.generated && data.kind === 'line') lines.push({ xAxis: data.generated.until, name: '← ' + data.generated.text, lineStyle: { type: 'dotted', color: token('--outdated-text') }, label: Object.assign({}, label, { position: 'end', align: 'right', distance: 4, color: token('--outdated-text') }) });
    return { silent: true, animation: false, symbol: 'none', lineStyle: { color: ink, width: 1 }, data: lines };
  }

  /* A gap breaks the line even where no point stands in it. */
  function broken(data) {
    var breaks = data.gaps.map(function (gap) { return [gap.from, null]; });
    return data.points.concat(breaks).sort(function (one, other) { return one[0] < other[0] ? -1 : one[0] > other[0] ? 1 : one[1] === null ? 1 : -1; });
  }

  function tip(data) {
    return function (hovered) {
      var point = hovered[0].value, pair = Array.isArray(point) ? point : [hovered[0].name, point];
      var when = String(pair[0]).replace('T', ' ').slice(0, 16);
      var gap = data.gaps.find(function (one) { return one.from <= pair[0] && pair[0] < one.to; });
      return when + '\n' + (pair[1] === null || pair[1] === undefined ? (gap ? gap.text : '–') : pair[1] + ' ' + data.unit);
    };
  }

  function base(data, own) {
    var wide = String(scale(data).max).length * 7 + 18;
    return Object.assign({
      animation: false, textStyle: { fontFamily: words.fontFamily }, grid: { left: Math.max(wide, 34), right: 18, top: data.generated && data.kind === 'line' ? 30 : 16, bottom: 26 },
      tooltip: { trigger: 'axis', renderMode: 'richText', confine: true, formatter: tip(data), textStyle: { fontSize: 13 }, axisPointer: { lineStyle: { color: ink3 } } },
      yAxis: axis(Object.assign({ type: 'value', min: 0 }, scale(data)))
    }, own);
  }

  var draw = {
    line: function (data) {
      return base(data, { xAxis: timeAxis(data), series: [{
        type: 'line', data: broken(data), symbol: 'none', step: 'end', connectNulls: false, lineStyle: { color: brand, width: 1.5 }, itemStyle: { color: brand }, areaStyle: { color: 'rgba(20,80,111,.2)' },
        markArea: { silent: true, data: officeBands(data).concat(gapBands(data)) }, markLine: namedLines(data) }] });
    },
    bars: function (data) {
      var names = data.points.map(function (point) { return point[0]; }), top = scale(data).max;
      var unseen = data.points.map(function (point) { return point[1] === null ? top : null; });
      return base(data, { xAxis: axis({ type: 'category', data: names, axisLabel: Object.assign({ hideOverlap: true }, words) }), series: [
        { type: 'bar', data: data.points.map(function (point) { return point[1]; }), barCategoryGap: '20%', itemStyle: { color: brand }, markLine: namedLines(data) },
        { type: 'bar', data: unseen, barGap: '-100%', silent: true, tooltip: { show: false }, itemStyle: { color: hatch() } }] });
    }
  };

  var watch = new ResizeObserver(function (seen) { seen.forEach(function (one) { var chart = echarts.getInstanceByDom(one.target); if (chart) chart.resize(); }); });

  function drawAll() {
    Array.prototype.forEach.call(document.querySelectorAll('[data-chart]'), function (place) {
      if (echarts.getInstanceByDom(place)) return;
      var data = JSON.parse(document.getElementById(place.dataset.chart).textContent);
      echarts.init(place, null, { renderer: 'canvas' }).setOption(draw[data.kind](data));
      watch.observe(place);
    });
  }

  drawAll();
  document.addEventListener('htmx:after:swap', drawAll);
})();
