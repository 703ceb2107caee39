package dev.slipway.vocabulary;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RepositoryNameTest {
  @ParameterizedTest
  @ValueSource(strings = {"example/website", "a/b", "Octo-Cat/.github", "a_b/c.d_e-f", "x/..."})
  void ownerAndNameAreARepository(String text) {
    assertEquals(text, new RepositoryName(text).toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "website",
        "/website",
        "example/",
        "a/b/c",
        "a/..",
        "a/.",
        "../b",
        "-a/b",
        "a b/c",
        "a/b c",
        "a/b\n",
        "https://github.com/a/b",
        "a/$(id)",
        "ä/b",
        "a/b;c"
      })
  void anythingElseIsNone(String text) {
    assertThrows(IllegalArgumentException.class, () -> new RepositoryName(text));
  }

  @Test
  void spellingDoesNotMatterButIsKept() {
    RepositoryName shouted = new RepositoryName("Example/WebSite");

    assertEquals(new RepositoryName("example/website"), shouted);
    assertEquals(1, Set.of(shouted).size());
    assertEquals(new RepositoryName("example/website").hashCode(), shouted.hashCode());
    assertEquals("Example/WebSite", shouted.value());
    assertNotEquals(new RepositoryName("example/website2"), shouted);
  }
}
