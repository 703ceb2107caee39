package dev.slipway.spool;

import dev.slipway.vocabulary.ReleaseNumber;
import dev.slipway.vocabulary.Slug;
import java.nio.file.Path;

/** Where everything lies under the state directory. */
public record StateDirectory(Path root) {
  public StateDirectory {
    root = root.toAbsolutePath().normalize();
  }

  public Path queues() {
    return root.resolve("queues");
  }

  /** The queue of events that are not routed yet. */
  public Path dispatcher() {
    return queues().resolve(Slug.DISPATCHER);
  }

  public Path corrupt() {
    return dispatcher().resolve("corrupt");
  }

  public Path queue(Slug slug) {
    return queues().resolve(slug.value());
  }

  public Path active(Slug slug) {
    return queue(slug).resolve("active");
  }

  public Path failed(Slug slug) {
    return queue(slug).resolve("failed");
  }

  /** Events that were routed. */
  public Path events() {
    return root.resolve("events");
  }

  /** The logs of all deployments. */
  public Path logs() {
    return root.resolve("logs");
  }

  public Path logs(Slug slug) {
    return logs().resolve(slug.value());
  }

  /** The messages of one release. */
  public Path log(Slug slug, ReleaseNumber release) {
    return logs(slug).resolve(release + ".ndjson");
  }

  /** What the releases of all deployments were. */
  public Path releases() {
    return root.resolve("releases");
  }

  public Path locks() {
    return root.resolve("locks");
  }

  /** The object store that the releases of a deployment share. */
  public Path git(Slug slug) {
    return root.resolve("git").resolve(slug + ".git");
  }

  /** The token of the admin listener, where the configuration has none. */
  public Path adminToken() {
    return root.resolve("admin-token");
  }

  /** Which events GitHub was asked to deliver once more. */
  public Path redelivered() {
    return root.resolve("redelivered");
  }

  Path temporary() {
    return root.resolve("tmp");
  }

  Path names() {
    return root.resolve("names");
  }

  Path markers(Slug slug) {
    return root.resolve("routed").resolve(slug.value());
  }

  Path retries(Slug slug) {
    return root.resolve("retries").resolve(slug.value());
  }

  Path submitted() {
    return root.resolve("submitted");
  }

  Path runs() {
    return root.resolve("runs");
  }
}
