/** Gives the person a file that came as base64; the browser asks where, as for any download. */
export function saveFile(name: string, base64: string, type = 'application/gzip'): void {
  const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  save(name, new Blob([bytes], { type }));
}

export function saveText(name: string, text: string): void {
  save(name, new Blob([text], { type: 'text/plain;charset=utf-8' }));
}

/** A chosen file as base64. */
export async function base64Of(file: Blob): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
}

function save(name: string, content: Blob): void {
  const url = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}
