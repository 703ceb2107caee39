package dev.slipway.app;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.LayoutBase;
import dev.slipway.vocabulary.Printable;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/**
 * What is logged, as text: time, level, logger and message on one line, whatever the message holds;
 * what a terminal would act on is escaped. A trace follows in lines that begin with a tab, so a
 * line that does not is Slipway's own and nobody else's.
 */
final class LogLine extends LayoutBase<ILoggingEvent> {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSXXX").withZone(ZoneId.systemDefault());

  @Override
  public String doLayout(ILoggingEvent event) {
    String logger = event.getLoggerName();
    StringBuilder text =
        new StringBuilder(160)
            .append(TIME.format(event.getInstant()))
            .append(' ')
            .append("%-5s".formatted(event.getLevel()))
            .append(' ')
            .append(logger.substring(logger.lastIndexOf('.') + 1))
            .append(' ')
            .append(Printable.escaped(event.getFormattedMessage()))
            .append('\n');
    if (event.getThrowableProxy() != null) {
      ThrowableProxyUtil.asString(event.getThrowableProxy())
          .lines()
          .forEach(line -> text.append('\t').append(Printable.escaped(line)).append('\n'));
    }
    return text.toString();
  }
}
