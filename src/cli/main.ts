#!/usr/bin/env node
/** The `bayplan` command. Sets the exit code and lets Node end by itself, so that all output is written. */
import { processIo } from './io.ts';
import { run } from './program.ts';

process.exitCode = await run(process.argv.slice(2), processIo());
