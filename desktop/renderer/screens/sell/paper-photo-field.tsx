import { useState } from 'react';
import { limits } from '../../../../shared/base/limits.ts';
import type { TillProblem } from '../../../../shared/contract/till-api.ts';
import type { PaperPhoto } from '../../../../shared/events/prescription-dispensed.ts';
import { callTill } from '../../base/till-client.ts';
import { ProblemNote } from '../../components/states.tsx';
import { useText } from '../../text/text.ts';
import styles from './safety.module.css';

/** A picture of a paper prescription, from a file or a phone's camera; it stays in the shop. */
export function PaperPhotoField({
  photo,
  onChange,
}: {
  readonly photo: PaperPhoto | null;
  readonly onChange: (photo: PaperPhoto) => void;
}) {
  const t = useText();
  const [problem, setProblem] = useState<TillProblem>();
  const keep = async (file: File) => {
    const picture = await smallPicture(file);
    const reply =
      picture === undefined
        ? undefined
        : await callTill('prescriptions.keepPhoto', { file: picture });
    if (reply?.ok === true) onChange(reply.value);
    setProblem(
      reply === undefined ? { type: 'PhotoUnusable' } : reply.ok ? undefined : reply.error,
    );
  };
  return (
    <div>
      <label className={styles['photo']}>
        <span>{photo === null ? t('paper.photo') : t('paper.photoKept')}</span>
        <input
          className="spoken"
          type="file"
          accept="image/jpeg,image/png,image/webp"
          capture="environment"
          onChange={(event) => {
            const [file] = event.target.files ?? [];
            if (file !== undefined) void keep(file);
          }}
        />
        <small>{t('paper.photoHint')}</small>
      </label>
      {problem !== undefined && <ProblemNote problem={problem} />}
    </div>
  );
}

const sidesMax = [1_800, 1_200];

/** Base64 of a JPEG small enough for the till; undefined when it is no picture. */
async function smallPicture(file: File): Promise<string | undefined> {
  let bitmap: ImageBitmap;
  try {
    bitmap = await createImageBitmap(file);
  } catch {
    return undefined;
  }
  for (const side of sidesMax) {
    const scale = Math.min(1, side / Math.max(bitmap.width, bitmap.height));
    const canvas = document.createElement('canvas');
    canvas.width = Math.max(1, Math.round(bitmap.width * scale));
    canvas.height = Math.max(1, Math.round(bitmap.height * scale));
    canvas.getContext('2d')?.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
    const base64 = canvas.toDataURL('image/jpeg', 0.7).split(',')[1] ?? '';
    if (base64.length * 0.75 <= limits.paperPhotoBytesMax) return base64;
  }
  return undefined;
}
