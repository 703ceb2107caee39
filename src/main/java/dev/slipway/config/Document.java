package dev.slipway.config;

import java.nio.file.Path;

/**
 * The text of one configuration file.
 *
 * @param name as the operator named it, for messages
 * @param folder the absolute folder it lies in
 */
record Document(String name, Path folder, String text) {
  Place line(int line) {
    return new Place(name, line, folder);
  }
}
