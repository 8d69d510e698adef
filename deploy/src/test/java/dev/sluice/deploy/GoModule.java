package dev.sluice.deploy;

import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** Files of others as their Go modules publish them, so that we compare with the originals and keep no copies. */
final class GoModule {

    private GoModule() {}

    /** Skips the test, with a line that says so, where there is no Go or the module proxy does not answer. */
    static Path orSkip(String moduleAtVersion) throws IOException {
        Tool.Result result = Tool.isAtHand("go")
                ? Tool.run(List.of("timeout", "60", "go", "mod", "download", "-json", moduleAtVersion))
                : new Tool.Result(1, "", "no go at hand");
        if (result.code() != 0) {
            System.out.println(moduleAtVersion + " cannot be had: its manifests are not compared with ours");
            Assumptions.abort("cannot download " + moduleAtVersion);
        }
        Path directory = Path.of(JsonParser.parseString(result.output())
                .getAsJsonObject()
                .get("Dir")
                .getAsString());
        return Files.isDirectory(directory) ? directory : Path.of("");
    }
}
