/**
 * The one page that a device sees before it is let in: words and a form, no script. Both languages,
 * because nobody has chosen one yet; no style, because the content security policy allows none
 * outside a file, and a file would have to be let through to everybody.
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
