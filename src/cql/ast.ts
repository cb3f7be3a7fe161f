/** Syntax tree of the Cluster Query Language: plain data with spans, so that editors, printers and engines can share it. */

/** Half-open range of UTF-16 offsets in the expression. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export type Subject =
  | { readonly kind: 'attribute'; readonly name: string }
  | { readonly kind: 'agentConnected' }
  | { readonly kind: 'agentVersion' }
  | { readonly kind: 'ec2InstanceId' }
  | { readonly kind: 'registeredAt' }
  | { readonly kind: 'runningTasksCount' }
  | { readonly kind: 'taskGroup' };

export type CompareOperator = '==' | '!=' | '<' | '<=' | '>' | '>=';

/** All operators in their canonical spelling. */
export type Operator = CompareOperator | 'in' | '!in' | '=~' | '!~' | 'exists' | '!exists';

export type Comparison =
  | {
      readonly kind: 'compare';
      readonly subject: Subject;
      readonly operator: CompareOperator;
      readonly value: string;
      readonly span: Span;
    }
  | {
      readonly kind: 'in';
      readonly subject: Subject;
      readonly operator: 'in' | '!in';
      readonly values: readonly string[];
      readonly span: Span;
    }
  | {
      readonly kind: 'match';
      readonly subject: Subject;
      readonly operator: '=~' | '!~';
      readonly pattern: string;
      readonly span: Span;
    }
  | {
      readonly kind: 'exists';
      readonly subject: Subject;
      readonly operator: 'exists' | '!exists';
      readonly span: Span;
    };

export type Expression =
  | { readonly kind: 'and'; readonly left: Expression; readonly right: Expression; readonly span: Span }
  | { readonly kind: 'or'; readonly left: Expression; readonly right: Expression; readonly span: Span }
  | { readonly kind: 'not'; readonly operand: Expression; readonly span: Span }
  | Comparison;

/** How a subject is written. */
export function subjectText(subject: Subject): string {
  if (subject.kind === 'attribute') return `attribute:${subject.name}`;
  return subject.kind === 'taskGroup' ? 'task:group' : subject.kind;
}
