package dev.slipway.event;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A JSON object that is being put together; its members keep their order. Not thread-safe. */
public final class JsonObject {
  private final Map<String, @Nullable Object> members = new LinkedHashMap<>();

  /** Adds a member; see {@link Json} for what a value may be. */
  public JsonObject with(String name, @Nullable Object value) {
    members.put(name, value);
    return this;
  }

  /** The members, for reading. */
  public Map<String, @Nullable Object> members() {
    return Collections.unmodifiableMap(members);
  }

  @Override
  public String toString() {
    return Json.write(this);
  }
}
