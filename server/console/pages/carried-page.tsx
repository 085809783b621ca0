import { Button } from '@mantine/core';
import { type ChangeEvent, useEffect, useRef, useState } from 'react';
import type { CarriedAnswer } from '../../../shared/contract/sync-api.ts';
import { joinFrames, type QrFrame } from '../../../shared/sync/qr-frames.ts';
import { CallFailed, call } from '../client.ts';
import { Card } from '../components/card.tsx';
import { PageHeader } from '../components/page-header.tsx';
import { saveBase64 } from '../components/save-file.ts';
import { FailureState } from '../components/states.tsx';
import { count } from '../format.ts';
import { useText } from '../text/language.tsx';
import './imports-page.css';

type Send = (file: Uint8Array, carrier: 'file' | 'qr') => Promise<void>;

/** Reports of shops without a line come in by hand, and their answers go back the same way. */
export function CarriedPage() {
  const text = useText();
  const [answer, setAnswer] = useState<CarriedAnswer>();
  const [failure, setFailure] = useState<Error>();
  const send: Send = async (file, carrier) => {
    setAnswer(undefined);
    setFailure(undefined);
    try {
      setAnswer(await call('carry', { body: { file: base64Of(file), carrier } }));
    } catch (cause) {
      setFailure(cause instanceof CallFailed ? cause : new Error(String(cause)));
    }
  };
  return (
    <>
      <PageHeader title={text.nav.carried} detail={text.carried.lead} />
      <Card title={text.carried.byFile} subtitle={text.carried.byFileLead}>
        <ChooseFile onFile={(file) => void send(file, 'file')} />
      </Card>
      <Card title={text.carried.byQr} subtitle={text.carried.byQrLead}>
        <QrFrames onFile={(file) => void send(file, 'qr')} />
      </Card>
      {failure === undefined ? null : <Refused failure={failure} />}
      {answer === undefined ? null : <Taken answer={answer} />}
    </>
  );
}

/** A wrong file is told what it is instead, and what to look for. */
function Refused({ failure }: { readonly failure: Error }) {
  const text = useText();
  const reason = failure instanceof CallFailed ? failure.detail.split(':')[0] : undefined;
  const type = failure instanceof CallFailed ? failure.type : undefined;
  const words = text.carried.wrongFile[reason ?? ''] ?? text.carried.wrongFile[type ?? ''];
  if (words === undefined) return <FailureState failure={failure} />;
  return (
    <div className="failure-state" role="alert">
      <p className="failure-state-title">{words}</p>
      <p className="faint small mono">{reason}</p>
    </div>
  );
}

function Taken({ answer }: { readonly answer: CarriedAnswer }) {
  const text = useText();
  return (
    <Card title={answer.facilityName}>
      <div className="stack" role="status">
        <p>{text.carried.taken(count(answer.newEvents), count(answer.ackedSeq))}</p>
        {answer.refused.length === 0 ? null : (
          <p>{text.carried.refused(answer.refused.join(', '))}</p>
        )}
        <div>
          <Button onClick={() => saveBase64(answer.fileName, answer.answerFile)}>
            {text.carried.saveAnswer}
          </Button>
        </div>
        <p className="faint small">{text.carried.bringBack}</p>
      </div>
    </Card>
  );
}

function ChooseFile({ onFile }: { readonly onFile: (file: Uint8Array) => void }) {
  const text = useText();
  const input = useRef<HTMLInputElement>(null);
  return (
    <div>
      <Button variant="default" onClick={() => input.current?.click()}>
        {text.carried.chooseFile}
      </Button>
      <input
        ref={input}
        type="file"
        className="visually-hidden"
        tabIndex={-1}
        aria-label={text.carried.chooseFile}
        accept=".gz"
        onChange={(event) => {
          const file = event.target.files?.[0];
          event.target.value = '';
          void file?.arrayBuffer().then((bytes) => onFile(new Uint8Array(bytes)));
        }}
      />
    </div>
  );
}

/** Frames as they are found, in pictures or before the camera, until a whole file is there. */
function QrFrames({ onFile }: { readonly onFile: (file: Uint8Array) => void }) {
  const text = useText();
  const input = useRef<HTMLInputElement>(null);
  const [frames, setFrames] = useState<readonly QrFrame[]>([]);
  const [unread, setUnread] = useState(0);
  const [isFilming, setFilming] = useState(false);
  const add = (found: readonly QrFrame[]) => {
    // A camera sees the same frame many times.
    const all = [...new Map([...frames, ...found].map((frame) => [nameOf(frame), frame])).values()];
    const joined = joinFrames(all);
    setFrames(joined.ok ? [] : all);
    if (!joined.ok) return;
    setFilming(false);
    onFile(joined.value);
  };
  const readPictures = async (event: ChangeEvent<HTMLInputElement>) => {
    const pictures = [...(event.target.files ?? [])];
    event.target.value = '';
    const { frameInPicture } = await import('../qr-reader.ts');
    const found: QrFrame[] = [];
    for (const picture of pictures) {
      const frame = await frameInPicture(picture);
      if (frame !== undefined) found.push(frame);
    }
    setUnread(pictures.length - found.length);
    add(found);
  };
  return (
    <div className="stack">
      <div className="row">
        <Button variant="default" onClick={() => input.current?.click()}>
          {text.carried.choosePictures}
        </Button>
        <input
          ref={input}
          type="file"
          multiple
          className="visually-hidden"
          tabIndex={-1}
          aria-label={text.carried.choosePictures}
          accept="image/*"
          onChange={(event) => void readPictures(event)}
        />
        <Button variant="default" onClick={() => setFilming(!isFilming)}>
          {isFilming ? text.carried.stopCamera : text.carried.camera}
        </Button>
        {frames.length === 0 ? null : (
          <Button variant="subtle" onClick={() => setFrames([])}>
            {text.carried.startAnew}
          </Button>
        )}
      </div>
      {isFilming ? <Camera onFrame={(frame) => add([frame])} /> : null}
      <FramesNote frames={frames} unread={unread} />
    </div>
  );
}

function nameOf({ file, number, total }: QrFrame): string {
  return `${file} ${number}/${total}`;
}

function FramesNote({
  frames,
  unread,
}: {
  readonly frames: readonly QrFrame[];
  readonly unread: number;
}) {
  const text = useText();
  const joined = frames.length === 0 ? undefined : joinFrames(frames);
  const missing =
    joined?.ok === false && joined.error.type === 'missing' ? joined.error : undefined;
  const isMixed = joined?.ok === false && joined.error.type !== 'missing';
  return (
    <div role="status">
      {unread === 0 ? null : <p>{text.carried.unread(count(unread))}</p>}
      {missing === undefined ? null : (
        <p>{text.carried.missing(missing.numbers.join(', '), count(missing.total))}</p>
      )}
      {isMixed ? <p>{text.carried.mixed}</p> : null}
    </div>
  );
}

const lookPauseMs = 150;
/** Of a phone the camera at its back; a frame has 81 modules a side, so the more pixels the better. */
const wantedVideo = { facingMode: 'environment', width: { ideal: 1_280 }, height: { ideal: 960 } };

function Camera({ onFrame }: { readonly onFrame: (frame: QrFrame) => void }) {
  const text = useText();
  const video = useRef<HTMLVideoElement>(null);
  const found = useRef(onFrame);
  const [trouble, setTrouble] = useState<CameraTrouble>();
  useEffect(() => {
    found.current = onFrame;
  });
  useEffect(() => {
    let stream: MediaStream | undefined;
    let isOver = false;
    const look = async () => {
      const { frameInVideo } = await import('../qr-reader.ts');
      const shown = await navigator.mediaDevices.getUserMedia({ video: wantedVideo });
      stream = shown;
      const screen = video.current;
      if (isOver || screen === null) return stop(shown);
      screen.srcObject = shown;
      await screen.play();
      const timer = setInterval(() => {
        if (isOver) return clearInterval(timer);
        const frame = frameInVideo(screen);
        if (frame !== undefined) found.current(frame);
      }, lookPauseMs);
    };
    // Browsers offer a camera only to pages of a secure origin.
    if (!('mediaDevices' in navigator)) setTrouble('cameraInsecure');
    else look().catch((cause) => setTrouble(troubleOf(cause)));
    return () => {
      isOver = true;
      if (stream !== undefined) stop(stream);
    };
  }, []);
  return trouble === undefined ? (
    <video ref={video} muted playsInline width={420} aria-label={text.carried.camera} />
  ) : (
    <p role="alert">{text.carried[trouble]}</p>
  );
}

function stop(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}

type CameraTrouble = 'cameraAbsent' | 'cameraDenied' | 'cameraBusy' | 'cameraInsecure';

/** w3.org/TR/mediacapture-streams, getUserMedia: the names of its failures. */
function troubleOf(cause: unknown): CameraTrouble {
  const name = cause instanceof DOMException ? cause.name : '';
  if (name === 'NotFoundError' || name === 'OverconstrainedError') return 'cameraAbsent';
  return name === 'NotAllowedError' || name === 'SecurityError' ? 'cameraDenied' : 'cameraBusy';
}

function base64Of(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
}
