package dev.sluice.reconciler.inputs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.artifact.tree.FileEntry;
import dev.sluice.artifact.tree.FileTree;
import dev.sluice.artifact.tree.TreePath;
import dev.sluice.reconciler.budget.BudgetLimits;
import dev.sluice.reconciler.budget.LimitExceededException;
import dev.sluice.reconciler.copy.Budgets;
import dev.sluice.toolkit.extensions.OutputArtifact;
import dev.sluice.toolkit.meta.JsonValue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class InputsFileTest {

    private record Value(String yaml, String json) {}

    static Stream<Value> values() {
        return Stream.of(
                new Value("a: text", "\"text\""),
                new Value("a: yes", "true"),
                new Value("a: 'yes'", "\"yes\""),
                new Value("a: 3", "3"),
                new Value("a: 3.0", "3"),
                new Value("a: 3.5", "3.5"),
                new Value("a: 0x10", "16"),
                new Value("a: 9007199254740993", "9007199254740993"),
                new Value("a: 9223372036854775807", "9223372036854775807"),
                new Value("a: 9223372036854775808", "9.223372036854776E18"),
                new Value("a: 1e21", "1.0E21"),
                new Value("a: 2001-01-01", "\"2001-01-01\""),
                new Value("a:", "null"),
                new Value("a: [1, two, {b: null}]", "[1,\"two\",{\"b\":null}]"),
                new Value("a: {1: x, true: z}", "{\"1\":\"x\",\"true\":\"z\"}"),
                new Value("a: 1\na: 2", "2"),
                new Value("x: &x {b: 1}\na: *x", "{\"b\":1}"),
                new Value("{\"a\": \"json\"}", "\"json\""),
                new Value("a: 1\n---\na: 2", "1"),
                new Value("a: 1\n---\n]", "1"),
                new Value("---\na: 1", "1"));
    }

    @ParameterizedTest
    @MethodSource("values")
    void everyKeyOfTheFirstDocumentBecomesAnInput(Value given) throws IOException {
        assertThat(read("@app/inputs.yaml", given.yaml()).get("a")).isEqualTo(JsonValue.parse(given.json()));
    }

    @ParameterizedTest
    @MethodSource
    void aFileWithoutValuesHasNoInputs(String content) throws IOException {
        assertThat(read("@app/inputs.yaml", content)).isEmpty();
    }

    static Stream<String> aFileWithoutValuesHasNoInputs() {
        return Stream.of("", "null", "{}", "# comment", "---", "\n");
    }

    private record Fault(String reference, String content, String message) {}

    static Stream<Fault> faults() {
        return Stream.of(
                new Fault("@app/", "", "invalid inputsFrom path: the path is empty"),
                new Fault("@app//etc/x", "", "invalid inputsFrom path: the path \"/etc/x\" leads out of \"@app/\""),
                new Fault("@app/../x", "", "invalid inputsFrom path: the path \"../x\" leads out of \"@app/\""),
                new Fault("@app/a/../../x", "", "invalid inputsFrom path: the path \"a/../../x\" leads out"),
                new Fault("@app/none.yaml", "", "failed to read inputs file \"@app/none.yaml\": there is no such file"),
                new Fault("@app/*.yaml", "", "failed to read inputs file \"@app/*.yaml\": there is no such file"),
                new Fault("@app/d", "", "failed to read inputs file \"@app/d\": there is no such file"),
                new Fault("@app/.", "", "failed to read inputs file \"@app/.\": it is a directory"),
                new Fault(
                        "@app/inputs.yaml",
                        "#".repeat(1_048_577),
                        "failed to read inputs file \"@app/inputs.yaml\": file exceeds the maximum size of 1048576 bytes"),
                new Fault(
                        "@app/inputs.yaml",
                        "[a]",
                        "failed to parse inputs file \"@app/inputs.yaml\": the root is not a map"),
                new Fault(
                        "@app/inputs.yaml",
                        "text",
                        "failed to parse inputs file \"@app/inputs.yaml\": the root is not"),
                new Fault("@app/inputs.yaml", "a: [", "failed to parse inputs file \"@app/inputs.yaml\": "),
                new Fault("@app/inputs.yaml", "a: .inf", "failed to parse inputs file \"@app/inputs.yaml\": "),
                new Fault(
                        "@app/inputs.yaml",
                        expanded(1_100),
                        "failed to parse inputs file \"@app/inputs.yaml\": its values have more than 1048576 bytes as"
                                + " JSON; export less"));
    }

    @Test
    void keysCountTwiceBecauseTheApiServerRecordsTheirOwner() throws IOException {
        assertThat(read("@app/inputs.yaml", keys(50_000))).hasSize(50_000);
        assertThatThrownBy(() -> read("@app/inputs.yaml", keys(65_000)))
                .isInstanceOf(InputsException.class)
                .hasMessageContaining("its values and keys have more than 1310720 bytes in the API server");
        assertThatThrownBy(() -> read("@app/inputs.yaml", "a:\n" + keys(65_000).indent(1)))
                .isInstanceOf(InputsException.class)
                .hasMessageContaining("its values and keys have more than 1310720 bytes in the API server");
    }

    private static String keys(int count) {
        return IntStream.range(0, count).mapToObj(i -> "k%05d: 0".formatted(i)).collect(Collectors.joining("\n"));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void reportsWhatIsWrongWithTheFile(Fault fault) {
        assertThatThrownBy(() -> read(fault.reference(), fault.content()))
                .isInstanceOf(InputsException.class)
                .hasMessageContaining(fault.message());
    }

    @Test
    void aliasesCountAsOftenAsTheyAreUsed() {
        BudgetLimits limits = BudgetLimits.defaults().withRun(100, 10, 1 << 20, 100_000);

        assertThatThrownBy(() -> InputsFile.read(
                        artifact("@app/inputs.yaml"),
                        Map.of("app", tree(expanded(200))),
                        FileTree::empty,
                        Budgets.of(limits)))
                .isInstanceOf(LimitExceededException.class);
    }

    @Test
    void theArtifactIsTheBuiltTreeEvenIfASourceHasTheSameAlias() throws IOException {
        Map<String, JsonValue> inputs = InputsFile.read(
                artifact("@artifact/d/../inputs.yaml"),
                Map.of("artifact", tree("a: source")),
                () -> tree("a: built"),
                Budgets.defaults());

        assertThat(inputs).containsExactly(Map.entry("a", JsonValue.parse("\"built\"")));
    }

    @Test
    void anArtifactWithoutInputsReadsNothing() throws IOException {
        assertThat(InputsFile.read(artifact(null), Map.of(), FileTree::empty, Budgets.defaults()))
                .isEmpty();
    }

    /** A thousand characters, used this often. */
    private static String expanded(int times) {
        return "x: &x " + "y".repeat(1_000) + "\n"
                + IntStream.range(0, times).mapToObj(i -> "k" + i + ": *x").collect(Collectors.joining("\n"));
    }

    private static Map<String, JsonValue> read(String reference, String content) throws IOException {
        return InputsFile.read(artifact(reference), Map.of("app", tree(content)), FileTree::empty, Budgets.defaults());
    }

    private static OutputArtifact artifact(@Nullable String inputs) {
        return new OutputArtifact("out", null, null, null, inputs, List.of());
    }

    private static FileTree tree(String content) {
        try {
            return FileTree.builder()
                    .putFile(TreePath.of("inputs.yaml"), FileEntry.of(false, content.getBytes(StandardCharsets.UTF_8)))
                    .build();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
