/**
 * The exception of services that know one for every wrong input: Application Auto Scaling, Amazon EC2 Auto Scaling, CloudWatch
 * and EventBridge. Called where their calls, or what a scenario says in their words, are read.
 */
import { BayplanError } from '../errors.ts';

/** Whatever `read` answers. @throws ValidationException where `read` throws InvalidParameterException, ECS's name of the same. */
export function asValidation<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof BayplanError) || error.name !== 'InvalidParameterException') throw error;
    throw new BayplanError('ValidationException', error.code, error.message, error.facts);
  }
}
