package dev.sluice.reconciler.publish;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.controller.publish.ExportedInputs;
import dev.sluice.reconciler.cluster.Samples;
import dev.sluice.toolkit.extensions.ArtifactGeneratorSpec;
import dev.sluice.toolkit.extensions.OutputArtifact;
import dev.sluice.toolkit.meta.JsonValue;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ExpectedInputsTest {

    private static final ExportedInputs INPUTS = ExportedInputs.of(Map.of("a", JsonValue.parse("1")));
    private static final Optional<ExportedInputs> EDITED = Optional.empty();
    private static final Optional<ExportedInputs> DRIFT = Optional.empty();

    private record Case(
            String name, ArtifactGeneratorSpec spec, Optional<ExportedInputs> own, Optional<ExportedInputs> expected) {

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Case> cases() {
        ArtifactGeneratorSpec with = spec(null, output("out", true));
        ArtifactGeneratorSpec without = spec(null, output("out", false), output("other", true));
        ArtifactGeneratorSpec mixed = spec("@app/{x}", output("{x}", true), output("{x}-b", false));
        return Stream.of(
                new Case("inputs", with, Optional.of(INPUTS), Optional.of(INPUTS)),
                new Case("edited inputs", with, EDITED, DRIFT),
                new Case("removed inputs, or an empty file", with, Optional.of(ExportedInputs.NONE), DRIFT),
                new Case("no inputs", without, Optional.of(ExportedInputs.NONE), Optional.of(ExportedInputs.NONE)),
                new Case("added inputs", without, EDITED, Optional.of(ExportedInputs.NONE)),
                new Case("a template with inputs", mixed, Optional.of(INPUTS), Optional.of(INPUTS)),
                new Case("edited inputs of a template", mixed, EDITED, DRIFT),
                new Case(
                        "a template with or without inputs",
                        mixed,
                        Optional.of(ExportedInputs.NONE),
                        Optional.of(ExportedInputs.NONE)),
                new Case(
                        "removed inputs of a template",
                        spec("@app/{x}", output("{x}", true)),
                        Optional.of(ExportedInputs.NONE),
                        DRIFT));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void trustsOnlyInputsThatNobodyElseHasChanged(Case given) {
        assertThat(ExpectedInputs.of(
                        Samples.generator("gen", given.spec()),
                        Samples.externalArtifact("out", "gen"),
                        object -> given.own()))
                .isEqualTo(given.expected());
    }

    private static ArtifactGeneratorSpec spec(@Nullable String pattern, OutputArtifact... artifacts) {
        return new ArtifactGeneratorSpec(List.of(Samples.git("app")), Arrays.asList(artifacts), pattern, null);
    }

    private static OutputArtifact output(String name, boolean inputs) {
        return new OutputArtifact(name, null, null, null, inputs ? "@app/inputs.yaml" : null, List.of(Samples.copy()));
    }
}
