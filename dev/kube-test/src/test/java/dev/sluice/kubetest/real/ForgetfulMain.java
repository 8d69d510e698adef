package dev.sluice.kubetest.real;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A JVM that starts a server process and creates a temporary directory, prints the id of the one and the path of the
 * other, and removes neither; the test kills this JVM. The first argument is a directory for both.
 */
final class ForgetfulMain {

    static final String PREFIX = "forgetful-";

    private ForgetfulMain() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path directory = Path.of(arguments[0]);
        ServerProcess child = ServerProcess.start(
                Path.of("/bin/sh"), List.of("-c", "exec tail -f /dev/null"), Map.of(), directory.resolve("child.log"));
        TemporaryDirectory temporary = TemporaryDirectory.create(directory, PREFIX);
        Files.writeString(temporary.path().resolve("file"), "left");
        System.out.println(child.pid());
        System.out.println(temporary.path());
        System.in.read();
    }
}
