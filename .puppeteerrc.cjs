/** The browser is found by scripts/find-chromium.mjs, so installing must not download one. */
module.exports = { skipDownload: true };
