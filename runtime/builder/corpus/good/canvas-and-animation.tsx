import { useEffect, useRef } from 'react';
export default function App() {
  const ref = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const context = ref.current?.getContext('2d');
    let frame = 0;
    const draw = (time: number) => {
      context?.clearRect(0, 0, 300, 150);
      context?.fillRect(Math.sin(time / 500) * 50 + 100, 20, 40, 40);
      frame = requestAnimationFrame(draw);
    };
    frame = requestAnimationFrame(draw);
    return () => cancelAnimationFrame(frame);
  }, []);
  return <canvas ref={ref} width={300} height={150} />;
}
