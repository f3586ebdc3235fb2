/** The report's only style sheet: follows the reader's light or dark setting, fits a phone. */
export const REPORT_STYLE = `
:root { color-scheme: light dark; --page: #ffffff; --text: #1c2024; --quiet: #5b6470; --line: #d9dde2; --panel: #f5f6f8; }
@media (prefers-color-scheme: dark) {
  :root { --page: #15181c; --text: #e6e9ed; --quiet: #9aa4b0; --line: #343a42; --panel: #1d2126; }
}
body { margin: 0; background: var(--page); color: var(--text); font: 16px/1.5 system-ui, sans-serif; }
main { max-width: 60rem; margin: 0 auto; padding: 1.5rem 1rem 4rem; }
h1 { font-size: 1.6rem; margin: 0; }
h2 { font-size: 1.1rem; margin: 2rem 0 0.5rem; }
h3 { font-size: 1rem; margin: 1rem 0 0; }
h3 ~ p { margin: 0.25rem 0; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: 0.3rem 0.75rem 0.3rem 0; border-bottom: 1px solid var(--line); overflow-wrap: anywhere; }
th { font-weight: 400; color: var(--quiet); width: 40%; }
td { font-variant-numeric: tabular-nums; }
figure { margin: 1rem 0; }
figure svg { max-width: 100%; height: auto; }
pre { background: var(--panel); padding: 0.75rem; white-space: pre-wrap; overflow-wrap: anywhere; }
`;
