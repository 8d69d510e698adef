package dev.sluice.kubeapi.real;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A JVM that starts a server process, prints its id, and never ends it; the test kills this JVM. */
final class ForgetfulMain {

    private ForgetfulMain() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path log = Files.createTempFile("sluice-forgetful-", ".log");
        log.toFile().deleteOnExit();
        ServerProcess child =
                ServerProcess.start(Path.of("/bin/sh"), List.of("-c", "exec tail -f /dev/null"), Map.of(), log);
        System.out.println(child.pid());
        System.in.read();
    }
}
