/** The one HTML file that a report is: style, data and script inside. Called by render and comparison. */
import { embedJson, escapeHtml } from './embed.ts';
import { pageNotices, pageScript, pageStyle } from './generated/page.ts';

/** Nothing is fetched, not even by mistake. */
const POLICY =
  "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";

/**
 * @param data what the page reads; the same data gives the same bytes.
 * @returns a whole HTML document, UTF-8.
 */
export function documentOf(title: string, data: object): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="generator" content="bayplan">
<meta http-equiv="Content-Security-Policy" content="${escapeHtml(POLICY)}">
<title>${escapeHtml(title)}</title>
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
