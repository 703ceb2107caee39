package dev.slipway.cli;

import dev.slipway.app.CannotStart;
import dev.slipway.ledger.LedgerUnavailable;
import dev.slipway.ledger.SchemaFault;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** What a command says, and ends with, when something it needs refuses. */
final class Failures {
  private Failures() {}

  static String describe(Exception failed) {
    return switch (failed) {
      case AccessDeniedException denied -> denied.getFile() + ": permission denied";
      case NoSuchFileException missing -> missing.getFile() + ": there is no such file";
      case FileSystemException refused -> refused.getFile() + ": " + refused.getReason();
      case CannotStart cannot -> String.valueOf(cannot.getMessage());
      case LedgerUnavailable away -> String.valueOf(away.getMessage());
      case SchemaFault fault -> String.valueOf(fault.getMessage());
      default -> failed.toString();
    };
  }

  static int code(Exception failed) {
    return switch (failed) {
      case CannotStart cannot -> Exit.UNAVAILABLE;
      case LedgerUnavailable away -> Exit.UNAVAILABLE;
      case IOException refused -> Exit.UNAVAILABLE;
      default -> Exit.FAILED;
    };
  }
}
