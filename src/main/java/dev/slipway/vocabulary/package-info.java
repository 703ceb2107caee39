/**
 * The words of the domain as small validated values. Whoever holds a {@link
 * dev.slipway.vocabulary.Slug}, a {@link dev.slipway.vocabulary.CommitId} or a {@link
 * dev.slipway.vocabulary.GitRef} holds text that is safe as a file name, a lock name or one
 * argument of a command, so nobody further in checks it again.
 *
 * <p>Constructors throw {@link IllegalArgumentException} with a sentence that can be shown to an
 * operator. The glossary: an <i>event</i> is one GitHub webhook delivery, an <i>entry</i> one file
 * in a queue directory, a <i>deployment</i> one repository, trigger, target path and recipe under a
 * slug, a <i>release</i> one numbered run of a deployment.
 *
 * <p>Lowest rank: depends on the JDK's base module alone, and every other package may use it. All
 * values are immutable and safe to share between threads.
 */
@NullMarked
package dev.slipway.vocabulary;

import org.jspecify.annotations.NullMarked;
