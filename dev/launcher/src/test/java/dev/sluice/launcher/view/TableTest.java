package dev.sluice.launcher.view;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TableTest {

    @Test
    void sizesColumnsByWidestCell() {
        Table table = new Table("NAME", "SIZE");
        table.add("a", "1 B");
        table.add("long-name", "1.0 KiB");
        assertThat(table.toString().lines())
                .containsExactly("  NAME        SIZE", "  a           1 B", "  long-name   1.0 KiB");
    }

    @Test
    void isEmptyWithHeaderOnly() {
        assertThat(new Table("NAME").isEmpty()).isTrue();
    }
}
