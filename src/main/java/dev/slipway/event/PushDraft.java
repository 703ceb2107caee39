package dev.slipway.event;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.slipway.vocabulary.CommitId;
import dev.slipway.vocabulary.GitRef;
import dev.slipway.vocabulary.RepositoryName;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a push needs of a payload, picked out while the payload streams by, so that a payload of 25
 * MiB costs no more memory than a small one.
 */
final class PushDraft {
  private @Nullable String ref;
  private @Nullable String after;
  private @Nullable String before;
  private @Nullable String repository;
  private @Nullable String note;

  /** A member of another type than a push has; other kinds of events may have it so. */
  private @Nullable String mistyped;

  private boolean deleted;
  private boolean headless;

  private PushDraft() {}

  /** Reads the payload whose first token is current; leaves the parser at its end. */
  static PushDraft read(JsonParser in) throws IOException {
    if (in.currentToken() != JsonToken.START_OBJECT) {
      throw new IllegalArgumentException("its payload is not a JSON object");
    }
    PushDraft draft = new PushDraft();
    for (String name = in.nextFieldName(); name != null; name = in.nextFieldName()) {
      JsonToken value = in.nextToken();
      switch (name) {
        case "ref" -> draft.ref = draft.text("ref", in);
        case "after" -> draft.after = draft.text("after", in);
        case "before" -> draft.before = draft.text("before", in);
        case "deleted" -> draft.deleted = draft.truth("deleted", in);
        case "head_commit" -> {
          draft.headless = value == JsonToken.VALUE_NULL;
          in.skipChildren();
        }
        case "repository" -> draft.repository = draft.member("repository", "full_name", in);
        case "slipway" -> draft.note = draft.member("slipway", "note", in);
        default -> in.skipChildren();
      }
    }
    return draft;
  }

  private @Nullable String text(String member, JsonParser in) throws IOException {
    return switch (in.currentToken()) {
      case VALUE_STRING -> in.getText();
      case VALUE_NULL -> null;
      case null, default -> {
        mistyped = member;
        in.skipChildren();
        yield null;
      }
    };
  }

  private boolean truth(String member, JsonParser in) throws IOException {
    return switch (in.currentToken()) {
      case VALUE_TRUE -> true;
      case VALUE_FALSE, VALUE_NULL -> false;
      case null, default -> {
        mistyped = member;
        in.skipChildren();
        yield false;
      }
    };
  }

  /** One text member of the object that begins here; null where there is none. */
  private @Nullable String member(String object, String wanted, JsonParser in) throws IOException {
    if (in.currentToken() != JsonToken.START_OBJECT) {
      in.skipChildren();
      return null;
    }
    String found = null;
    for (String name = in.nextFieldName(); name != null; name = in.nextFieldName()) {
      in.nextToken();
      if (name.equals(wanted)) {
        found = text(object + "." + wanted, in);
      } else {
        in.skipChildren();
      }
    }
    return found;
  }

  Push finish() throws UnreadableEntry {
    if (mistyped != null) {
      throw new UnreadableEntry("its payload." + mistyped + " is of a wrong type");
    }
    GitRef reference = new GitRef(EntryCodec.require("payload.ref", ref));
    Optional<CommitId> commit = Optional.ofNullable(after).map(CommitId::new);
    return new Push(
        new RepositoryName(EntryCodec.require("payload.repository.full_name", repository)),
        reference,
        change(commit),
        commit.filter(id -> !id.isZero()),
        Optional.ofNullable(before).map(CommitId::new).filter(id -> !id.isZero()),
        Optional.ofNullable(note));
  }

  private Push.Change change(Optional<CommitId> commit) {
    if (deleted || commit.filter(CommitId::isZero).isPresent()) {
      return Push.Change.DELETED;
    }
    return headless ? Push.Change.HEADLESS : Push.Change.MOVED;
  }
}
