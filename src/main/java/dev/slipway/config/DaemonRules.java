package dev.slipway.config;

import dev.slipway.vocabulary.Secret;
import java.util.List;

/** What must hold between the daemon's keys. */
final class DaemonRules {
  private static final int SHORT_SECRET = 16;

  private final Value.Table document;
  private final Findings findings;

  private DaemonRules(Value.Table document, Findings findings) {
    this.document = document;
    this.findings = findings;
  }

  static void check(Value.Table document, Findings findings) {
    var rules = new DaemonRules(document, findings);
    rules.ports();
    rules.database();
    rules.senders();
    rules.webhookSecrets();
  }

  private void ports() {
    var listen = new Section(document.table("listen"));
    var admin = new Section(document.table("admin"));
    int port = listen.find(DaemonKeys.LISTEN_PORT).orElse(0);
    if (port != 0
        && admin.find(DaemonKeys.ADMIN_PORT).equals(listen.find(DaemonKeys.LISTEN_PORT))
        && admin.find(DaemonKeys.ADMIN_HOST).equals(listen.find(DaemonKeys.LISTEN_HOST))) {
      boolean adminWritten = admin.has(DaemonKeys.ADMIN_PORT);
      findings.fault(
          adminWritten ? admin.place(DaemonKeys.ADMIN_PORT) : listen.place(DaemonKeys.LISTEN_PORT),
          adminWritten ? DaemonKeys.ADMIN_PORT.path() : DaemonKeys.LISTEN_PORT.path(),
          "found " + port + " for both listeners",
          "expected a port of its own for each");
    }
  }

  private void database() {
    var database = new Section(document.table(DaemonKeys.DATABASE_TABLE));
    if (database.has(DaemonKeys.DATABASE_URL)) {
      return;
    }
    for (Key<?> key : List.of(DaemonKeys.DATABASE_USER, DaemonKeys.DATABASE_PASSWORD)) {
      if (database.has(key)) {
        findings.fault(
            database.place(key),
            key.path(),
            "found without " + DaemonKeys.DATABASE_URL.path(),
            "expected that key too; the embedded record store has no login");
      }
    }
  }

  private void senders() {
    var github = new Section(document.table(DaemonKeys.GITHUB_TABLE));
    List<String> senders = github.find(DaemonKeys.ALLOW_FROM).orElse(List.of());
    if (senders.size() > 1 && senders.contains("any")) {
      findings.fault(
          github.place(DaemonKeys.ALLOW_FROM),
          DaemonKeys.ALLOW_FROM.path(),
          "found \"any\" beside others",
          "expected it alone, or left out");
    }
  }

  private void webhookSecrets() {
    var github = new Section(document.table(DaemonKeys.GITHUB_TABLE));
    List<Secret> secrets = github.find(DaemonKeys.WEBHOOK_SECRETS).orElse(List.of());
    if (secrets.stream().anyMatch(secret -> secret.reveal().length() < SHORT_SECRET)) {
      findings.warning(
          github.place(DaemonKeys.WEBHOOK_SECRETS),
          DaemonKeys.WEBHOOK_SECRETS.path(),
          "a secret of less than "
              + SHORT_SECRET
              + " characters can be guessed: openssl rand -hex 32");
    }
  }
}
