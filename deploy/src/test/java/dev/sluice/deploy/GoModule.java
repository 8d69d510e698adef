package dev.sluice.deploy;

import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** Files from third-party Go modules, so that the tests compare with the originals and need no copies. */
final class GoModule {

    private GoModule() {}

    /** Skips the test, with a line on standard output, if Go or the module proxy is not available. */
    static Path orSkip(String moduleAtVersion) throws IOException {
        Tool.Result result = Tool.isAvailable("go")
                ? Tool.run(List.of("timeout", "60", "go", "mod", "download", "-json", moduleAtVersion))
                : new Tool.Result(1, "", "go not found");
        if (result.code() != 0) {
            System.out.println(moduleAtVersion + " is not available; its manifests are not compared");
            Assumptions.abort("cannot download " + moduleAtVersion);
        }
        Path directory = Path.of(JsonParser.parseString(result.output())
                .getAsJsonObject()
                .get("Dir")
                .getAsString());
        return Files.isDirectory(directory) ? directory : Path.of("");
    }
}
