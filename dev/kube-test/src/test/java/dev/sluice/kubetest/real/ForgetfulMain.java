package dev.sluice.kubetest.real;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A JVM that starts a server process, prints its id and does not stop it; the test kills this JVM. The first argument
 * is the log file of the process.
 */
final class ForgetfulMain {

    private ForgetfulMain() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        ServerProcess child = ServerProcess.start(
                Path.of("/bin/sh"), List.of("-c", "exec tail -f /dev/null"), Map.of(), Path.of(arguments[0]));
        System.out.println(child.pid());
        System.in.read();
    }
}
