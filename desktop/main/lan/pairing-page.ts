/**
 * The one page that a device sees before it is let in: words and a form, no script. Both languages,
 * because nobody has chosen one yet. Its style is a file of its own, as the content security policy
 * wants, and comes to everybody: it says nothing of the shop.
 */
export function pairingPage({
  code,
  isWrong,
}: {
  readonly code: string;
  readonly isWrong: boolean;
}): string {
  const refusal = isWrong
    ? `<p role="alert"><strong>Mã không đúng hoặc đã hết hạn. Tạo mã mới trên máy chính: Cài đặt → Quầy thứ hai.</strong><br>The code is wrong or has run out. Make a new one at the main machine: Settings → Second counter.</p>`
    : '';
  return `<!doctype html>
<html lang="vi">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Mạng Thuốc · Quầy thứ hai</title>
<link rel="stylesheet" href="/pair.css">
<main>
<h1>Mạng Thuốc</h1>
${refusal}
<p>Nhập mã đang hiện trên máy chính của cửa hàng.<br>Type the code shown at the shop's main machine.</p>
<form method="post" action="/pair">
<p><label>Mã / Code<br><input name="code" value="${escaped(code)}" required maxlength="40" autocomplete="off" autocapitalize="characters"></label></p>
<p><label>Tên thiết bị này / Name of this device<br><input name="name" required maxlength="60" value="Quầy 2"></label></p>
<p><button>Dùng thiết bị này làm quầy / Use this device as a counter</button></p>
</form>
</main>
</html>
`;
}

function escaped(text: string): string {
  return text.replace(/[^A-Za-z0-9-]/g, '');
}

export const pairingStyle = `
:root { color-scheme: light dark; --ink: #16211c; --soft: #4d5a54; --back: #f3f5f4; --card: #fff; --line: #bfc9c4; --accent: #0b7455; --on-accent: #fff; --bad: #a3161f; }
@media (prefers-color-scheme: dark) { :root { --ink: #e8eeeb; --soft: #a9b5af; --back: #0e1512; --card: #161f1b; --line: #3d4b45; --accent: #4fc79d; --on-accent: #06140e; --bad: #ff9a9a; } }
* { box-sizing: border-box; }
body { margin: 0; padding: 24px 16px; background: var(--back); color: var(--ink); font: 16px/1.5 "Be Vietnam Pro", system-ui, sans-serif; }
main { max-width: 440px; margin: 0 auto; padding: 24px; border: 1px solid var(--line); border-radius: 14px; background: var(--card); }
h1 { margin: 0 0 12px; font-size: 24px; color: var(--accent); }
p { margin: 0 0 16px; color: var(--soft); }
p[role="alert"] { padding: 12px; border-left: 4px solid var(--bad); color: var(--bad); }
label { display: block; font-weight: 600; color: var(--ink); }
input, button { width: 100%; min-height: 48px; margin-top: 6px; padding: 8px 14px; border: 1px solid var(--line); border-radius: 10px; background: var(--card); color: var(--ink); font: inherit; font-size: 18px; }
input[name="code"] { letter-spacing: 0.12em; text-transform: uppercase; }
button { border-color: var(--accent); background: var(--accent); color: var(--on-accent); font-weight: 700; }
`;
