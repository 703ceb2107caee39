package dev.slipway.intake;

import java.util.Optional;

/**
 * The {@code payload} field of an {@code application/x-www-form-urlencoded} body (WHATWG URL
 * standard, section 5), in which GitHub sends a delivery's JSON where the webhook asks for it.
 */
final class FormPayload {
  private static final byte[] NAME = {'p', 'a', 'y', 'l', 'o', 'a', 'd', '='};

  private FormPayload() {}

  /**
   * The field's value, decoded; empty where there is no such field.
   *
   * @throws IllegalArgumentException when the field is there twice, or its escapes are malformed
   */
  static Optional<byte[]> of(byte[] form) {
    Optional<byte[]> payload = Optional.empty();
    int start = 0;
    while (start <= form.length) {
      int end = indexOf(form, (byte) '&', start);
      if (isPayload(form, start, end)) {
        if (payload.isPresent()) {
          throw new IllegalArgumentException("the form has more than one payload");
        }
        payload = Optional.of(decode(form, start + NAME.length, end));
      }
      start = end + 1;
    }
    return payload;
  }

  private static boolean isPayload(byte[] form, int start, int end) {
    for (int i = 0; i < NAME.length; i++) {
      if (start + i >= end || form[start + i] != NAME[i]) {
        return false;
      }
    }
    return true;
  }

  private static byte[] decode(byte[] form, int start, int end) {
    int length = 0;
    for (int from = start; from < end; from += width(form[from])) {
      length++;
    }
    byte[] value = new byte[length];
    int from = start;
    for (int to = 0; to < length; to++) {
      value[to] =
          switch (form[from]) {
            case '%' -> (byte) (digit(form, from + 1, end) << 4 | digit(form, from + 2, end));
            case '+' -> ' ';
            default -> form[from];
          };
      from += width(form[from]);
    }
    return value;
  }

  private static int width(byte first) {
    return first == '%' ? 3 : 1;
  }

  private static int digit(byte[] form, int at, int end) {
    int digit = at < end ? Character.digit(form[at], 16) : -1;
    if (digit < 0) {
      throw new IllegalArgumentException("the form has a malformed percent escape");
    }
    return digit;
  }

  private static int indexOf(byte[] bytes, byte wanted, int from) {
    int at = from;
    while (at < bytes.length && bytes[at] != wanted) {
      at++;
    }
    return at;
  }
}
