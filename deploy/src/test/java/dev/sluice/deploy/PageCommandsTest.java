package dev.sluice.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.sluice.deploy.PageCommands.Block;
import org.junit.jupiter.api.Test;

/** Tests that {@link PageCommands} finds the commands and outputs on a page. */
class PageCommandsTest {

    @Test
    void aBlockHasItsSectionCommandsAndOutput() {
        assertThat(PageCommands.of("""
                ```sh
                first
                ```
                ## One
                - text

                  ```sh
                  second
                    more
                  ```

                ```
                printed
                ```
                ### below
                ```yaml
                no: command
                ```
                ```sh
                third
                ```
                """))
                .extracting(
                        Block::section,
                        Block::commands,
                        block -> block.printed().orElse("nothing"))
                .containsExactly(
                        tuple("Migrating", "first\n", "nothing"),
                        tuple("One", "second\n  more\n", "printed\n"),
                        tuple("One", "third\n", "nothing"));
    }

    @Test
    void theMigrationPageShowsTheOutputOfThreeChecks() {
        assertThat(PageCommands.of(Repository.read("docs/migration.md")))
                .hasSizeGreaterThan(20)
                .flatExtracting(block -> block.printed().stream().toList())
                .containsExactly("disabled\n", "pod/copy-pod condition met\n", "disabled\n");
    }
}
