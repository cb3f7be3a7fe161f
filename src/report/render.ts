/** `bayplan simulate --report`: one HTML file that needs nothing else. Called by the command line; the same result gives the same bytes. */
import type { SimulationResult } from '../simulate/result.ts';
import { condense } from './condense.ts';
import { embedJson, escapeHtml } from './embed.ts';
import { pageNotices, pageScript, pageStyle } from './generated/page.ts';

/** Nothing is fetched, not even by mistake. */
const POLICY =
  "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";

/**
 * The report on a simulation.
 * @returns a whole HTML document, UTF-8.
 */
export function renderReport(result: SimulationResult): string {
  const data = condense(result);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="generator" content="bayplan">
<meta http-equiv="Content-Security-Policy" content="${escapeHtml(POLICY)}">
<title>${escapeHtml(data.title)} - Bayplan simulation</title>
<link rel="icon" href="data:,">
<style>${pageStyle}</style>
</head>
<body>
<div id="report"><noscript>This report draws itself with JavaScript, which is switched off here.</noscript></div>
<script type="application/json" id="data">${embedJson(data)}</script>
<!--
${pageNotices}
-->
<script>${pageScript}</script>
</body>
</html>
`;
}
