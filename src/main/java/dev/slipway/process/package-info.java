/**
 * Other programs, run and ended for certain. Every program gets a session of its own, so that
 * ending it ends its whole process group and all that descends from it: TERM first, KILL after
 * {@link dev.slipway.process.Processes#GRACE}. Its standard input is {@code /dev/null}, its
 * environment is exactly what the {@link dev.slipway.process.Launch} says, and stdout and stderr
 * are read until the program has ended, not until a grandchild lets go of them.
 *
 * <p>A program that is to be found again after a crash of the daemon carries a {@link
 * dev.slipway.process.RunToken} in its environment, which {@code /proc} shows to its own user.
 *
 * <p>The only place that starts programs. They are started by posix_spawn(3) through the
 * foreign-function interface, since {@link java.lang.ProcessBuilder} can neither start a session
 * nor read a pipe that a grandchild holds open without end; one platform thread per run polls the
 * output, the end and a wake-up together. Linux only.
 */
@NullMarked
package dev.slipway.process;

import org.jspecify.annotations.NullMarked;
