/**
 * The commands. {@link dev.slipway.cli.Main} parses and dispatches; each command is one class. They
 * work on the state directory and the record store, so they answer also while the daemon is down,
 * and change things only as an operator could by hand.
 *
 * <p>Results go to standard output, everything else to standard error; coloured tables on a
 * terminal, plain text when piped, JSON with {@code --json}. Exit codes: {@link
 * dev.slipway.cli.Exit}. The only place that uses picocli. One thread.
 */
@NullMarked
package dev.slipway.cli;

import org.jspecify.annotations.NullMarked;
