/**
 * From TOML files and environment variables to one immutable {@link dev.slipway.config.Config}, or
 * to every fault at once. The way of a value:
 *
 * <pre>
 * files, environment ─▶ layers ─ merge ─▶ one table ─▶ secret files, derived defaults
 *      ─▶ check every key against the list of known keys ─▶ rules between keys ─▶ Config
 * </pre>
 *
 * {@link dev.slipway.config.ConfigReader} is the entry. Every value carries the {@link
 * dev.slipway.config.Place} it was written at, so a fault can name its file and line. The keys,
 * with their kinds and defaults, are declared once ({@code DaemonKeys}, {@code DeploymentKeys});
 * those that this version does not act on yet stand in one list ({@code NotYet}).
 *
 * <p>Files are read in {@code ConfigFiles} alone; Jackson's TOML is used in {@code TomlText} and
 * its JSON in {@code ConfigText}. Everything else is pure. Called at start and at each reload, on
 * any thread. No message and no text that leaves this package holds a secret.
 */
@NullMarked
package dev.slipway.config;

import org.jspecify.annotations.NullMarked;
