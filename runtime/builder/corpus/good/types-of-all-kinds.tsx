import type { CSSProperties, FC, PropsWithChildren, ReactNode } from 'react';
enum Size { Small = 's', Large = 'l' }
namespace Shapes { export interface Box { w: number } export const unit: Box = { w: 1 }; }
declare global { interface Window { custom?: string } }
abstract class Shape { constructor(protected readonly name: string) {} abstract area(): number; }
class Square extends Shape { constructor(private side: number) { super('square'); } area() { return this.side ** 2; } override toString() { return `${this.name} ${this.area()}`; } }
type Keys<T> = { [K in keyof T as `on${Capitalize<string & K>}`]?: (v: T[K]) => void };
type Unwrap<T> = T extends Promise<infer U> ? U : T;
const style = { color: 'red', '--x': 1 } as CSSProperties;
const config = { a: 1, b: [2, 3] } satisfies Record<string, number | number[]>;
const Box: FC<PropsWithChildren<{ size?: Size }>> = ({ children, size = Size.Small }) => <div data-size={size} style={style}>{children}</div>;
function over(a: string): string; function over(a: number): number; function over(a: any) { return a; }
let maybe: Unwrap<Promise<ReactNode>> = null;
const on: Keys<{ save: string }> = { onSave: (v) => { maybe = v; } };
export default function App() { on.onSave?.('x'); return <Box size={Size.Large}>{new Square(3).toString()} {config.b[0]} {over(Shapes.unit.w)!} {maybe} {window.custom ?? <b>none</b>}</Box>; }
