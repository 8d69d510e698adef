package dev.sluice.hostile.cases;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.hostile.arena.HostileCase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class CasesTest {

    @Test
    void haveALineInTheDocumentationEach() throws IOException {
        String document = Files.readString(Path.of("../../docs/tenants.md"));

        assertThat(Cases.all())
                .extracting(HostileCase::name)
                .doesNotHaveDuplicates()
                .allSatisfy(name -> assertThat(document).contains("\n| " + name + " |"));
    }

    @Test
    void areInAWaveEach() {
        List<String> all = Cases.all().stream().map(HostileCase::name).toList();

        assertThat(Cases.waves().values())
                .flatExtracting(cases -> cases)
                .extracting(HostileCase::name)
                .containsExactlyInAnyOrderElementsOf(all);
    }
}
