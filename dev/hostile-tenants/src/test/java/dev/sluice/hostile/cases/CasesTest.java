package dev.sluice.hostile.cases;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.hostile.harness.HostileCase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class CasesTest {

    private static final Pattern ROW = Pattern.compile("(?m)^\\| (?!what )([^|]+) \\|");

    @Test
    void areTheRowsOfTheTablesInTheDocumentation() throws IOException {
        String document = Files.readString(Path.of("../../docs/tenants.md"));
        List<String> rows = ROW.matcher(document)
                .results()
                .map(row -> row.group(1))
                .filter(cell -> !cell.equals("---"))
                .toList();

        assertThat(Cases.unfiltered())
                .extracting(HostileCase::name)
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(rows);
    }

    @Test
    void eachBelongToOneWave() {
        List<String> all = Cases.all().stream().map(HostileCase::name).toList();

        assertThat(Cases.waves().values())
                .flatExtracting(cases -> cases)
                .extracting(HostileCase::name)
                .containsExactlyInAnyOrderElementsOf(all);
    }
}
