// Plain text as paragraphs and lists, and ways to get in touch. No markup is interpreted: what a visitor wrote stays
// text, whatever it holds.
import { Globe, Mail, MapPin, Phone } from 'lucide-react';
import type { ReactElement, ReactNode } from 'react';

type Block = { kind: 'text' | 'list'; lines: string[] };

/** Blocks of a text: blank lines part them, lines that begin with "- " make a list. */
export function textBlocks(text: string): Block[] {
  const parts = text.split(/\n\s*\n/).map((part) =>
    part
      .split('\n')
      .map((line) => line.trim())
      .filter(Boolean),
  );
  return parts
    .filter((lines) => lines.length > 0)
    .map((lines) => {
      const isList = lines.every((line) => /^[-*] /.test(line));
      return isList ? { kind: 'list', lines: lines.map((line) => line.slice(2)) } : { kind: 'text', lines };
    });
}

/** Plain text with paragraphs and lists. */
export function Prose({ text }: { text: string }): ReactElement {
  return (
    <div className="fb-prose">
      {textBlocks(text).map((block, index) => {
        const key = `${index}-${block.lines[0]?.slice(0, 20)}`;
        if (block.kind === 'text') return <p key={key}>{block.lines.join('\n')}</p>;
        return (
          <ul key={key}>
            {block.lines.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        );
      })}
    </div>
  );
}

/** Properties of ContactDetails. */
export interface ContactDetailsProps {
  address?: string;
  phone?: string;
  email?: string;
  website?: string;
}

function Line({ icon, children }: { icon: ReactNode; children: ReactNode }): ReactElement {
  return (
    <li>
      <span aria-hidden="true">{icon}</span>
      <span>{children}</span>
    </li>
  );
}

/** Ways to get in touch. */
export function ContactDetails({ address, phone, email, website }: ContactDetailsProps): ReactElement {
  return (
    <ul className="fb-card fb-contact">
      {address && <Line icon={<MapPin size={18} />}>{address}</Line>}
      {phone && (
        <Line icon={<Phone size={18} />}>
          <a href={`tel:${phone.replace(/[^+\d]/g, '')}`}>{phone}</a>
        </Line>
      )}
      {email && (
        <Line icon={<Mail size={18} />}>
          <a href={`mailto:${email}`}>{email}</a>
        </Line>
      )}
      {website && (
        <Line icon={<Globe size={18} />}>
          <a href={website} target="_blank" rel="noopener noreferrer">
            {website.replace(/^https?:\/\//, '')}
          </a>
        </Line>
      )}
    </ul>
  );
}
