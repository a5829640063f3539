// Before the first paint, so that a remembered theme does not flash: the page itself loads later.
try {
  const theme = localStorage.getItem('shuiwei.theme');
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
  const locale = localStorage.getItem('shuiwei.locale');
  if (locale === 'en' || locale === 'zh-CN') document.documentElement.lang = locale;
} catch {
  // Storage may be switched off; the system's preferences then decide.
}
