/**
 * A deployment's commits on this host's disk: the program git, run so that it never asks and tells
 * nobody a credential, and the folders that its trees lie in. In place, the deployment's path is
 * the tree; with releases every release has a worktree of its own over one shared object store, and
 * {@code current} is switched by a rename.
 *
 * <p>Called by workers under their deployment's lock: nothing else of Slipway works on the same
 * path or store meanwhile, so locks that a killed git left behind are stale. Every act survives its
 * own end at any point; the next call goes on from what it finds.
 */
@NullMarked
package dev.slipway.checkout;

import org.jspecify.annotations.NullMarked;
