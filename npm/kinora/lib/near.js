'use strict';

/** The one of `names` that `wanted` was probably meant to be. */
function nearest(wanted, names) {
  const limit = Math.max(1, Math.floor(wanted.length / 3));
  let best;
  for (const name of names) {
    const far = distance(wanted.toLowerCase(), name.toLowerCase());
    if (far <= limit && (best === undefined || far < best.far)) {
      best = {far, name};
    }
  }
  return best?.name;
}

/** Letters to insert, remove, replace or swap with a neighbour. */
function distance(a, b) {
  const rows = Array.from({length: a.length + 1}, (_, i) => Array.from({length: b.length + 1}, (_, j) => (i ? (j ? 0 : i) : j)));
  for (let i = 1; i <= a.length; i++) {
    for (let j = 1; j <= b.length; j++) {
      const replaced = rows[i - 1][j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1);
      rows[i][j] = Math.min(replaced, rows[i - 1][j] + 1, rows[i][j - 1] + 1);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        rows[i][j] = Math.min(rows[i][j], rows[i - 2][j - 2] + 1);
      }
    }
  }
  return rows[a.length][b.length];
}

module.exports = {nearest};
