/**
 * The one error class. Thrown by every layer; callers switch on `name` (the AWS exception) or on `code` (the literal
 * cause). Facts are fields; the sentence is made here, at the edge, and nowhere parsed again.
 */

/** The AWS exception an SDK user would see. `BayplanException` marks causes that AWS has no name for. */
export type ExceptionName =
  | 'InvalidParameterException'
  | 'ClientException'
  | 'PlatformUnknownException'
  | 'PlatformTaskDefinitionIncompatibilityException'
  | 'ClusterNotFoundException'
  | 'ServiceNotFoundException'
  | 'ServiceNotActiveException'
  | 'DaemonNotFoundException'
  | 'DaemonNotActiveException'
  | 'TargetNotFoundException'
  | 'AttributeLimitExceededException'
  | 'ConflictException'
  | 'ValidationException'
  | 'ObjectNotFoundException'
  | 'ResourceNotFoundException'
  | 'LimitExceededException'
  | 'InvalidEventPatternException'
  | 'NotAuthorizedForSourceException'
  | 'ThrottlingException'
  | 'AlreadyExistsFault'
  | 'ResourceInUseFault'
  | 'ScalingActivityInProgressFault'
  | 'ResourceInUseException'
  | 'BayplanException';

/** What an error is about: the offending value and where it stands. */
export interface ErrorFacts {
  /** JSON path of the offending value within the input, such as `containerInstances[3].status`. */
  readonly path?: string;
  /** The offending value itself. */
  readonly value?: unknown;
  /** The limit that was passed, when one was. */
  readonly limit?: number;
  /** What would have been accepted. */
  readonly expected?: readonly string[];
  /** File name, filled in by the command line. */
  readonly file?: string;
  /** 1-based line in `file`. */
  readonly line?: number;
  /** 1-based column in `file`, or in `expression`. */
  readonly column?: number;
  /** The Cluster Query Language expression or regular expression that could not be read. */
  readonly expression?: string;
}

export class BayplanError extends Error {
  override readonly name: ExceptionName;
  /** Literal cause in SCREAMING_SNAKE_CASE, stable across releases. */
  readonly code: string;
  readonly facts: ErrorFacts;

  constructor(name: ExceptionName, code: string, message: string, facts: ErrorFacts = {}) {
    super(message);
    this.name = name;
    this.code = code;
    this.facts = facts;
  }

  /** The same error with the file it came from; the command line adds it. */
  inFile(file: string): BayplanError {
    return new BayplanError(this.name, this.code, this.message, { ...this.facts, file });
  }
}
