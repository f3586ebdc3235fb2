/** The report's only style sheet: follows the reader's light or dark setting, fits a phone. */
export const REPORT_STYLE = `
:root { color-scheme: light dark; --page: #ffffff; --text: #1c2024; --quiet: #5b6470; --line: #d9dde2; --panel: #f5f6f8; --mark: #b45309; }
@media (prefers-color-scheme: dark) {
  :root { --page: #15181c; --text: #e6e9ed; --quiet: #9aa4b0; --line: #343a42; --panel: #1d2126; --mark: #f0a84a; }
}
body { margin: 0; background: var(--page); color: var(--text); font: 16px/1.5 system-ui, sans-serif; }
main { max-width: 72rem; margin: 0 auto; padding: 1.5rem 1rem 4rem; }
h1 { font-size: 1.6rem; margin: 0; }
h2 { font-size: 1.1rem; margin: 2.5rem 0 0.5rem; }
h3 { font-size: 1rem; margin: 1rem 0 0; }
h3 ~ p { margin: 0.25rem 0; }
header p { margin: 0.25rem 0 0; }
.quiet { color: var(--quiet); font-size: 0.9rem; overflow-wrap: anywhere; }
.note { border-left: 3px solid var(--mark); padding-left: 0.75rem; }
table { border-collapse: collapse; width: 100%; max-width: 52rem; }
th, td { text-align: left; vertical-align: top; padding: 0.3rem 0.75rem 0.3rem 0; border-bottom: 1px solid var(--line); overflow-wrap: anywhere; }
th { font-weight: 400; color: var(--quiet); width: 40%; }
td { font-variant-numeric: tabular-nums; }
.wide { overflow-x: auto; }
.columns th, .columns td { width: auto; min-width: 4rem; }
.columns td { overflow-wrap: normal; }
.columns .number { text-align: right; overflow-wrap: normal; }
.columns .total td { border-bottom: 0; font-weight: 600; }
.gallery { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 30rem), 1fr)); gap: 1.5rem; align-items: start; }
figure { margin: 1rem 0 0; }
figure svg { display: block; max-width: 100%; height: auto; }
pre { background: var(--panel); padding: 0.75rem; white-space: pre-wrap; overflow-wrap: anywhere; }
`;
