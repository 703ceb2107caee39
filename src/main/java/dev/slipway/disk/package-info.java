/**
 * The disk as Slipway uses it: whole files that appear at once, names that are taken at most once,
 * directories that are on stable storage when the call returns.
 *
 * <p>{@link dev.slipway.disk.Disk} is a seam: {@link dev.slipway.disk.RealDisk} in the daemon; in
 * tests one that counts operations, fails, and forgets what was not synced. Every act that a crash
 * may cut in two is one method, so a test can crash between any two of them.
 *
 * <p>The protocol for a durable file: {@code stage} (create, write, fsync), {@code move} to its
 * name, {@code sync} the directory. A crash before the move leaves a temporary file that nobody
 * reads; after the move and before the sync the file may or may not be there, whole.
 *
 * <p>Any thread. All methods throw {@link java.io.IOException} when the disk refuses.
 */
@NullMarked
package dev.slipway.disk;

import org.jspecify.annotations.NullMarked;
